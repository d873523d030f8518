import * as fc from 'fast-check';
import { glassOf, isKeptFrom, isOpenTo, namedIn } from '#libs/restriction';
import { LIFE, OPENNESS } from '../../../test/any-life.js';
import { permitted, type Concern, type ConcernTriaged, type FileOfConcern, type SentRoute } from './concern.js';
import { isOpen } from './routing.js';
import { LIMBS } from './three-limbs.js';

function decisions(state: Concern): ConcernTriaged[] {
  if (state.status === 'absent') return [];
  return state.status === 'triaged' ? [...state.story.earlierDecisions, state.decision] : state.story.earlierDecisions;
}

const filesOf = (state: Concern): FileOfConcern[] => (state.status === 'absent' ? [] : state.story.files);

const isInDanger = (state: Concern): boolean | null => (state.status === 'absent' ? null : state.story.particulars.immediateRisk);

const placeOf = (state: Concern): string | null => (state.status === 'absent' ? null : state.story.placeId);

const routesOf = (state: Concern): SentRoute[] => (state.status === 'absent' ? [] : state.story.routes);

describe('whatever is asked of a concern', () => {
  it('none is decided without a named person and a reason', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const decision of steps.flatMap(({ after }) => decisions(after)).filter(({ legacy }) => !legacy)) {
          expect(decision.decidedBy?.trim()).toBeTruthy();
          expect(decision.reason).not.toBeNull();
        }
      }),
    );
  });

  it('none is entered in error but by two named people and for a reason', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        const ended = steps.flatMap(({ after }) => (after.status === 'entered-in-error' ? [after] : []));
        for (const { proposedBy, confirmedBy, reason } of ended) {
          expect(proposedBy.trim() && confirmedBy.trim()).toBeTruthy();
          expect(proposedBy).not.toBe(confirmedBy);
          expect(reason).not.toBeNull();
        }
      }),
    );
  });

  it('none is disposed of but by two named people, with no hold on it, and none that waits or came to an enquiry', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { before, after } of steps.filter(({ before: { status }, after: { status: now } }) => status !== 'disposed' && now === 'disposed')) {
          if (after.status !== 'disposed' || before.status === 'absent') throw new Error('nothing came of nothing');
          expect(before.status).not.toBe('awaiting-triage');
          expect(before.story.legalHold).toBeNull();
          expect(after.proposedBy.trim() && after.confirmedBy.trim()).toBeTruthy();
          expect(after.proposedBy).not.toBe(after.confirmedBy);
          expect(decisions(after).filter(({ outcome, legacy }) => outcome === 's42_enquiry' || (outcome === 'other_enquiry' && !legacy))).toEqual([]);
          expect(after.story.personId).toBeNull();
        }
      }),
    );
  });

  it('a section 42 enquiry is decided on three answers of yes, and on nothing else', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { limbs, outcome } of steps.flatMap(({ after }) => decisions(after)).filter(({ legacy }) => !legacy)) {
          const given = LIMBS.map((name) => limbs[name].answer);
          expect(given.every((answer) => answer === 'yes')).toBe(outcome === 's42_enquiry');
          expect(given).not.toContain('cannot_yet_tell');
        }
      }),
    );
  });

  it('what has still to be done to keep somebody safe is left to nobody by no further action', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { outcome, circumstances } of steps.flatMap(({ after }) => decisions(after))) expect([outcome, circumstances?.protection?.answer]).not.toEqual(['no_further_action', 'not_taken']);
      }),
    );
  });

  it('nothing that was judged so far outlives its decision, and none of it decides', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { after } of steps) expect(after.status === 'triaged' && after.story.considered !== null).toBe(false);
        for (const { before, after } of steps.filter(({ command }) => command.type === 'ConsiderLimbs')) expect(after.status).toBe(before.status);
      }),
    );
  });

  it('nothing leaves the queue but by a decision or as entered in error', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        const leaving = steps.filter(({ before, after }) => before.status === 'awaiting-triage' && after.status !== 'awaiting-triage');
        for (const { command } of leaving) expect(['TriageConcern', 'ConfirmEnteredInError']).toContain(command.type);
      }),
    );
  });

  it('a second look is never given by whoever decided, and changes no decision', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { before, after } of steps.filter(({ command }) => command.type === 'LookAgain')) {
          expect([decisions(after), after.status]).toEqual([decisions(before), before.status]);
          if (after.status !== 'triaged') continue;
          for (const { given } of after.story.secondLooks.filter(({ decision }) => decision === after.decision.decision)) expect(given?.by).not.toBe(after.decision.decidedBy);
        }
      }),
    );
  });

  it('danger is raised by whoever raised the concern, and taken back by a named person alone', () => {
    const raisedBy: string[] = [];
    fc.assert(
      fc.property(LIFE, (steps) => {
        raisedBy.push(...steps.filter(({ before, after }) => isInDanger(before) === false && isInDanger(after) === true).map(({ command }) => command.type));
        const takenBack = steps.filter(({ before, after }) => isInDanger(before) === true && isInDanger(after) !== true);
        for (const { command } of takenBack) expect(command).toMatchObject({ type: 'CorrectConcern', by: expect.stringMatching(/\S/) });
      }),
      { numRuns: 300 },
    );
    expect(raisedBy).toContain('TellMore');
  });

  it('a file is judged once, and none is left of what was disposed of', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { before, after } of steps) {
          const [were, are] = [filesOf(before), filesOf(after)];
          const judged = after.status === 'disposed' ? [] : were.filter(({ state }) => state !== 'held');
          expect(are).toEqual(expect.arrayContaining(judged));
          expect(are.length).toBeLessThanOrEqual(after.status === 'disposed' ? 0 : 2);
        }
      }),
    );
  });

  it('no place is named but one that is known, by a named person, and none is changed or left after that without a reason', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { command, before, after } of steps) {
          const [was, is] = [placeOf(before), placeOf(after)];
          if (was === is || after.status === 'disposed') continue;
          if (command.type !== 'NamePlace') throw new Error(`${command.type} changed the place`);
          expect([command.isKnown, Boolean(command.by.trim()), was === null || command.reason !== null]).toEqual([true, true, true]);
        }
      }),
    );
  });

  it('wherever one is sent stays in its story, nobody is waited for twice at once, and none is let go of but by a decision or with the concern', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { command, before, after } of steps) {
          const [were, are] = [routesOf(before), routesOf(after)];
          expect(are.slice(0, were.length).map(({ route, decision }) => [route, decision])).toEqual(were.map(({ route, decision }) => [route, decision]));
          const open = are.filter(isOpen).map(({ route }) => route);
          expect(open).toEqual([...new Set(open)]);
          const isEnded = after.status === 'entered-in-error' || after.status === 'disposed';
          const isLetGo = were.some((was, at) => isOpen(was) && are[at]?.state === 'lapsed');
          expect([!isLetGo || command.type === 'TriageConcern' || isEnded, isEnded && open.length > 0]).toEqual([true, false]);
        }
      }),
    );
  });

  it('none is with somebody from whom it is kept, or opened to them, but by whoever says that it need not be', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { command, before, after } of steps) {
          if (after.status === 'absent') continue;
          const { story } = after;
          const opened = before.status === 'absent' || command.type === 'KeepNoMore' ? [] : (before.story.keptFrom ?? []).filter(({ id }) => !isKeptFrom(story, id));
          expect([opened, story.assignedTo === null || isOpenTo(story, story.assignedTo)]).toEqual([[], true]);
        }
      }),
    );
  });

  it('a restriction is lifted by somebody who is named, or where nobody who is named works here, and for a reason; it comes back by an act alone', () => {
    const acts: string[] = [];
    fc.assert(
      fc.property(OPENNESS, (steps) => {
        for (const { command, before, after } of steps) {
          if (before.status === 'absent' || after.status === 'absent' || after.status === 'disposed' || before.story.restriction === after.story.restriction) continue;
          acts.push(command.type);
          if (command.type === 'RestrictConcern') continue;
          if (command.type !== 'LiftRestriction') throw new Error(`${command.type} changed whom it is open to`);
          expect([after.story.restriction, command.reason === null]).toEqual([null, false]);
          expect(namedIn(before.story).includes(command.by) || command.namedHere.length === 0).toBe(true);
        }
      }),
    );
    expect(new Set(acts)).toEqual(new Set(['RestrictConcern', 'LiftRestriction']));
  });

  it('glass is broken by a named person, for a reason, of what is restricted, by nobody from whom it is kept; and changes nothing else', () => {
    const broken: string[] = [];
    fc.assert(
      fc.property(OPENNESS, (steps) => {
        for (const { command, before, after } of steps) {
          if (command.type !== 'BreakGlass' || before.status === 'absent' || after.status === 'absent' || before === after) continue;
          broken.push(command.by);
          expect([command.by.trim() === '', command.reason, before.story.restriction === null, isOpenTo(before.story, command.by)]).toEqual([false, expect.anything(), false, false]);
          expect([isKeptFrom(after.story, command.by), glassOf(after.story, command.by)]).toEqual([false, expect.objectContaining({ until: command.until, reason: command.reason })]);
          const { glass: _were, ...rest } = before.story;
          expect(after.story).toMatchObject(rest);
        }
      }),
    );
    expect(broken.length).toBeGreaterThan(0);
  });

  it('no decision is ever forgotten, and they are counted from the first', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { before, after } of steps) {
          expect(decisions(after).slice(0, decisions(before).length)).toEqual(decisions(before));
          expect(decisions(after).map(({ decision }) => decision)).toEqual(decisions(after).map((_, index) => index + 1));
        }
      }),
    );
  });

  it('nothing changes by a command that is not permitted', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        const forbidden = steps.filter(({ command, before }) => !permitted(before).includes(command.type));
        for (const { before, after } of forbidden) expect(after).toEqual(before);
      }),
    );
  });

  it('the random lives reach every state', () => {
    const seen = new Set(fc.sample(LIFE, { numRuns: 300, seed: 7 }).flatMap((steps) => steps.map(({ after }) => after.status)));
    expect([...seen].toSorted()).toEqual(['absent', 'awaiting-triage', 'disposed', 'entered-in-error', 'triaged']);
  });
});
