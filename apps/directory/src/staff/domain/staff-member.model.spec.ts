import { addDays } from '#libs/calendar';
import { fold, RuleViolation } from '#libs/decider';
import * as fc from 'fast-check';

import { aDeputy, administrator, aMember, given, words } from './a-member.js';
import { covers } from './periods.js';
import { permitted, staffMember, type StaffCommand, type StaffMember } from './staff-member.js';

const FIRST = '2026-06-01';
const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays(FIRST, n));
const allDays = Array.from({ length: 41 }, (_, n) => addDays(FIRST, n));
const at = '2026-06-01T09:00:00.000000Z';
const by = fc.constantFrom('administrator-1', 'administrator-2', 'worker-1');
const reason = fc.option(fc.constant(words('why')), { freq: 6 });
const isLastAdministrator = fc.boolean();
const view = fc.record({ queue: fc.constantFrom('triage', 'dols'), filters: fc.dictionary(fc.constantFrom('late', 'band'), fc.constantFrom('yes', 'no'), { minKeys: 1, noNullPrototype: true }) });
const of = <T extends StaffCommand['type'], R extends object>(type: T, rest: fc.Arbitrary<R>) => fc.tuple(by, rest).map(([by, more]) => ({ type, at, by, ...more }));

const command: fc.Arbitrary<StaffCommand> = fc.oneof(
  of('RecordLeave', fc.record({ from: day, to: day })),
  of('RecordLeave', fc.record({ from: day, to: day })),
  of('CancelLeave', fc.record({ from: day })),
  fc.record({ from: day, to: day, today: day, deputyId: fc.constantFrom('member-1', 'member-2', 'member-3'), isDeputyActive: fc.constantFrom(true, true, false) }).map((change) => aDeputy(change)),
  of('EndDeputy', fc.record({ from: day, today: day })),
  of('GiveRole', fc.record({ role: fc.constantFrom('administrator', 'manager'), authority: fc.constant('E06000062') })),
  of('TakeRole', fc.record({ role: fc.constantFrom('administrator', 'manager'), reason, isLastAdministrator })),
  of('DisableStaffMember', fc.record({ reason, isLastAdministrator })),
  of('EnableStaffMember', fc.record({ reason })),
  of('EndSessions', fc.record({ reason })),
  of('JoinTeam', fc.record({ teamId: fc.constantFrom('team-1', 'team-2'), isTeamOpen: fc.boolean() })),
  of('LeaveTeam', fc.record({ teamId: fc.constantFrom('team-1', 'team-2') })),
  of('SaveView', fc.record({ view })),
  of('SaveView', fc.record({ view })),
  of('ForgetView', fc.record({ view })),
  of('ProposeEnteredInError', fc.record({ reason })),
);

/** Every state on the way, with the command that led to it and whether it was refused. */
function walked(commands: StaffCommand[], from = fold(staffMember, [aMember(), given(administrator)])): { state: StaffMember; before: StaffMember; command: StaffCommand; isRefused: boolean }[] {
  let state = from;
  return commands.map((command) => {
    const before = state;
    try {
      state = fold(staffMember, staffMember.decide(command, before), before);
      return { state, before, command, isRefused: false };
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      return { state, before, command, isRefused: true };
    }
  });
}

const always = (holds: (step: ReturnType<typeof walked>[number]) => void) =>
  fc.assert(fc.property(fc.array(command, { maxLength: 25 }), (commands) => walked(commands).forEach(holds)), { numRuns: 150 });

const memberOf = (state: StaffMember) => {
  if (state.status === 'absent') throw new Error('nobody is there');
  return state.member;
};

describe('whatever is asked, in whatever order', () => {
  it('no day is leave twice, and nobody has two deputies on one day', () =>
    always(({ state }) => {
      const { leave, deputies } = memberOf(state);
      for (const day of allDays) {
        expect(leave.filter((one) => covers(one, day)).length).toBeLessThanOrEqual(1);
        expect(deputies.filter((one) => covers(one, day)).length).toBeLessThanOrEqual(1);
      }
    }));

  it('every leave and every act-for ends, and not before it begins', () =>
    always(({ state }) => {
      const { leave, deputies } = memberOf(state);
      for (const { from, to } of [...leave, ...deputies]) expect(from <= to).toBe(true);
    }));

  it('nobody acts for themselves, or for somebody who is disabled', () =>
    always(({ state }) => {
      const { deputies } = memberOf(state);
      expect(deputies.some(({ deputyId }) => deputyId === 'member-1')).toBe(false);
      expect(state.status === 'disabled' && deputies.length > 0).toBe(false);
    }));

  it('the days of leave are those that were recorded and not cancelled', () => {
    const change = fc.oneof(fc.record({ from: day, length: fc.integer({ min: 0, max: 6 }) }), fc.record({ cancelled: day }));
    fc.assert(fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      let days = new Map<string, string>();
      let state = fold(staffMember, [aMember()]);
      for (const one of changes) {
        if ('cancelled' in one) {
          days = new Map([...days].filter(([, from]) => from !== one.cancelled));
          state = fold(staffMember, staffMember.decide({ type: 'CancelLeave', at, by: 'a', from: one.cancelled }, state), state);
          continue;
        }
        const wanted = Array.from({ length: one.length + 1 }, (_, n) => addDays(one.from, n));
        const [step] = walked([{ type: 'RecordLeave', at, by: 'a', from: one.from, to: wanted.at(-1)! }], state);
        const isSame = memberOf(state).leave.some(({ from, to }) => from === one.from && to === wanted.at(-1));
        expect(step!.isRefused).toBe(!isSame && wanted.some((day) => days.has(day)));
        state = step!.state;
        if (!step!.isRefused) for (const day of wanted) days.set(day, one.from);
      }
      const noted = Array.from({ length: 60 }, (_, n) => addDays(FIRST, n)).filter((day) => memberOf(state).leave.some((one) => covers(one, day)));
      expect(noted).toEqual([...days.keys()].toSorted());
    }));
  });

  it('nobody has a view twice, or one that somebody else saved', () =>
    always(({ before, state, command }) => {
      const { views, actsAs } = memberOf(state);
      const keys = views.map(({ queue, filters }) => JSON.stringify([queue, Object.entries(filters).toSorted()]));
      expect(new Set(keys).size).toBe(keys.length);
      expect(memberOf(before).views === views || command.by === actsAs).toBe(true);
    }));

  it('an authority keeps its last administrator, and nobody gives themselves a role', () =>
    always(({ before, state, command, isRefused }) => {
      const was = before.status === 'active' && memberOf(before).roles.some(({ role }) => role === 'administrator');
      const is = state.status === 'active' && memberOf(state).roles.some(({ role }) => role === 'administrator');
      expect(was && !is && 'isLastAdministrator' in command && command.isLastAdministrator).toBe(false);
      expect(command.type === 'GiveRole' && command.by === 'worker-1' && !isRefused).toBe(false);
    }));

  it('what was done is done again without any effect', () =>
    always(({ state, command, isRefused }) => {
      expect(isRefused ? [] : staffMember.decide(command, state)).toEqual([]);
    }));

  it('nothing that is taken was not offered', () =>
    always(({ before, state, command }) => {
      expect(before === state || permitted(before).includes(command.type)).toBe(true);
    }));
});
