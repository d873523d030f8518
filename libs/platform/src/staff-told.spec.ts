import * as fc from 'fast-check';
import { lastWords, type StaffContract } from './staff-told.js';

const west = 'E06000062';
const somebody = '00000000-0000-4000-8000-000000000001';
const contract = (what: string, sequence: number, data: object = {}, subject = somebody): StaffContract =>
  ({ type: `safeguarding.staff-member.${what}.v1`, subject, sequence, data }) as StaffContract;
const registered = (sequence: number, subject = somebody) => contract('registered', sequence, { actsAs: subject }, subject);
const rolesChanged = (sequence: number, ...roles: { role: string; authority: string | null }[]) => contract('roles-changed', sequence, { roles });
const manager = { role: 'manager', authority: west };
const boardMember = { role: 'board_member', authority: null };
const last = (...contracts: StaffContract[]) => lastWords(contracts)[0];

describe('what the directory told of somebody', () => {
  it('is who they are, their roles, and whether they may work', () =>
    expect(last(registered(1), rolesChanged(2, manager))).toEqual({
      id: somebody, acts_as: somebody, registered_sequence: 1, roles: ['manager'], acts_for: west, roles_sequence: 2, status: 'active', status_sequence: 1, sessions_ended_at: null,
    }));

  it('is no role of any council for a board member who has no other', () => {
    expect(last(registered(1), rolesChanged(2, boardMember))).toMatchObject({ roles: ['board_member'], acts_for: null });
    expect(last(registered(1), rolesChanged(2, boardMember, manager))).toMatchObject({ roles: ['board_member', 'manager'], acts_for: west });
  });

  it('is the last word on each part', () => {
    expect(last(registered(1), rolesChanged(2, manager), contract('disabled', 3))).toMatchObject({ roles: ['manager'], status: 'disabled' });
    expect(last(registered(1), contract('disabled', 2), rolesChanged(3), contract('enabled', 4))).toMatchObject({ roles: [], status: 'active' });
  });

  it('begins anew, without any role, for somebody who was entered in error and registered again', () =>
    expect(last(registered(1), rolesChanged(2, manager), contract('entered-in-error', 3), registered(4))).toMatchObject({ roles: [], acts_for: null, status: 'active' }));

  it('is not yet who they are where only something later came', () =>
    expect(last(contract('disabled', 4))).toMatchObject({ acts_as: null, registered_sequence: 0, status: 'disabled', status_sequence: 4 }));

  it('is told of each of many by itself', () => {
    const other = '00000000-0000-4000-8000-000000000000';
    expect(lastWords([registered(1), registered(1, other)]).map(({ id }) => id)).toEqual([other, somebody]);
    expect(lastWords([])).toEqual([]);
  });

  it('is the same in whatever order it comes, and however often', () => {
    const told = [registered(1), rolesChanged(2, manager), contract('disabled', 3), rolesChanged(4, boardMember), contract('enabled', 5), contract('entered-in-error', 6), registered(7), rolesChanged(8, manager)];
    const some = fc.integer({ min: 1, max: told.length }).chain((count) => {
      const those = told.slice(0, count);
      return fc.tuple(fc.constant(those), fc.shuffledSubarray(those, { minLength: count }), fc.array(fc.constantFrom(...those)));
    });
    fc.assert(fc.property(some, ([those, shuffled, again]) => expect(lastWords([...shuffled, ...again])).toEqual(lastWords(those))));
  });
});
