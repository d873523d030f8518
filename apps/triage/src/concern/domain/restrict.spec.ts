import { specify } from '#libs/decider';
import { glassOf as glassIn } from '#libs/restriction';
import { aConcern, aDecision, aLegacyConcern, aTriage, MONDAY, TUESDAY, WEDNESDAY, words } from './a-concern.js';
import { concern, type Concern, type ConcernEvent, type RestrictConcern } from './concern.js';

const { given } = specify(concern);
const restrict: RestrictConcern = { type: 'RestrictConcern', at: TUESDAY, by: 'manager-1', names: ['officer-1'], why: 'staff_as_subject', reason: null, unknown: [], namedHere: ['manager-1', 'officer-1'] };
const restricted: ConcernEvent = { type: 'ConcernRestricted', at: TUESDAY, by: 'manager-1', names: ['manager-1', 'officer-1'], why: 'staff_as_subject', reason: null };
const lifted: ConcernEvent = { type: 'RestrictionLifted', at: WEDNESDAY, by: 'manager-1', reason: words('over') };
const after = (...events: ConcernEvent[]) => events.reduce(concern.evolve, concern.initialState);
const glassOf = (state: Concern, id: string) => (state.status === 'absent' ? undefined : glassIn(state.story, id));
const lift = { type: 'LiftRestriction', at: WEDNESDAY, by: 'manager-1', reason: words('over'), namedHere: ['manager-1', 'officer-1'] } as const;
const breakGlass = { type: 'BreakGlass', at: WEDNESDAY, by: 'officer-2', until: '2026-06-03T10:00:00.000000Z', reason: words('nobody else is here') } as const;
const broken: ConcernEvent = { ...breakGlass, type: 'GlassBroken' };

describe('restricting a concern', () => {
  it('opens it to those who are named and to whoever restricts it, and to nobody else', () => {
    given(aConcern()).when(restrict).then(restricted);
    given(aConcern(), aTriage()).when(restrict).then(restricted);
  });

  it('never closes it to everybody', () =>
    given(aConcern()).when({ ...restrict, names: [] }).then({ ...restricted, names: ['manager-1'] }));

  it('names nobody who does not work here', () => given(aConcern()).when({ ...restrict, unknown: ['officer-1'] }).thenRefused('concern/not-staff-here'));

  it('needs words where none of the reasons fits', () => {
    given(aConcern()).when({ ...restrict, why: 'other' }).thenRefused('concern/reason-required');
    given(aConcern()).when({ ...restrict, why: 'other', reason: words('why') }).then({ ...restricted, why: 'other', reason: words('why') });
  });

  it('changes whom it is open to, and keeps whoever changes that among them', () => {
    given(aConcern(), restricted).when({ ...restrict, by: 'officer-1', names: ['officer-3'] }).then({ ...restricted, by: 'officer-1', names: ['officer-1', 'officer-3'] });
    given(aConcern(), restricted).when({ ...restrict, names: ['officer-1', 'manager-1', 'officer-1'] }).thenNothing();
  });

  it('needs a person, and a concern of which something is left', () => {
    given(aConcern()).when({ ...restrict, by: ' ' }).thenRefused('concern/person-required');
    given().when(restrict).thenRefused('concern/not-received');
  });

  it('is lifted with a reason, once', () => {
    given(aConcern(), restricted).when(lift).then(lifted);
    given(aConcern(), restricted).when({ ...lift, reason: null }).thenRefused('concern/reason-required');
    given(aConcern(), restricted, lifted).when(lift).thenNothing();
  });

  it('is changed and lifted by those who are named, as long as one of them works here', () => {
    given(aConcern(), restricted, broken).when({ ...restrict, at: WEDNESDAY, by: 'officer-2', names: [] }).thenRefused('concern/not-named');
    given(aConcern(), restricted, broken).when({ ...lift, by: 'officer-2' }).thenRefused('concern/not-named');
    given(aConcern(), restricted, broken).when({ ...lift, by: 'officer-2', namedHere: [] }).then({ ...lifted, by: 'officer-2' });
  });

  it('leaves it with nobody who could not see it', () => {
    const assign = { type: 'AssignConcern', at: WEDNESDAY, by: 'manager-1' } as const;
    given(aConcern(), restricted).when({ ...assign, to: 'officer-2' }).thenRefused('concern/not-open-to');
    given(aConcern(), restricted).when({ ...assign, to: 'officer-1' }).then({ ...assign, type: 'ConcernAssigned', to: 'officer-1' });
    const stays = (to: string) => after(aConcern(), { ...assign, type: 'ConcernAssigned', to }, restricted);
    expect([stays('officer-2'), stays('officer-1')]).toMatchObject([{ story: { assignedTo: null } }, { story: { assignedTo: 'officer-1' } }]);
  });

  it('changes nothing of what may be decided', () => {
    const { lot: _lot, ...decision } = aDecision({ at: WEDNESDAY });
    given(aConcern(), restricted, { type: 'WishesRecorded', at: MONDAY, by: 'officer-1', wishes: { answer: 'asked_not_expressed', words: null } })
      .when({ ...decision, at: '2026-06-01T10:00:00.000000Z', decidedBy: 'officer-1', lot: { value: 1, share: 0 } })
      .then(aTriage({ at: '2026-06-01T10:00:00.000000Z' }));
  });
});

/** What comes of it but for the restriction. */
function anImport() {
  const { type: _type, ...legacy } = aLegacyConcern();
  return legacy;
}

describe('a concern about somebody', () => {
  const identify = { type: 'IdentifyPerson', at: WEDNESDAY, personId: 'p1', personSequence: 1, ageBand: '18-64', restrictedTo: ['officer-1', 'manager-1'] } as const;
  const identified: ConcernEvent = { type: 'PersonIdentified', at: WEDNESDAY, personId: 'p1', personSequence: 1, ageBand: '18-64' };

  it('of whom another is restricted is open to the same people alone, by nobody’s act', () => {
    given(aConcern()).when(identify).then(identified, { type: 'ConcernRestricted', at: WEDNESDAY, by: null, names: ['manager-1', 'officer-1'], why: 'same_person', reason: null });
    given(aConcern()).when({ ...identify, restrictedTo: [] }).then(identified);
  });

  it('that is brought here from another system is too', () =>
    given().when(aLegacyConcern({ restricted: { at: WEDNESDAY, names: ['officer-1'] } })).then(
      { ...anImport(), type: 'ConcernImported' },
      { type: 'ConcernRestricted', at: WEDNESDAY, by: null, names: ['officer-1'], why: 'same_person', reason: null },
    ));

  it('that is restricted already stays open to whom somebody opened it, and to nobody else', () =>
    given(aConcern(), restricted).when({ ...identify, restrictedTo: ['officer-9'] }).then(identified));

  it('inherits once: what somebody decided since stands, whatever is told of the same person later', () => {
    const later = { ...identify, at: '2026-06-04T09:00:00.000000Z', personSequence: 2, ageBand: '65-74' } as const;
    const toldAgain: ConcernEvent = { type: 'PersonIdentified', at: later.at, personId: 'p1', personSequence: 2, ageBand: '65-74' };
    given(aConcern(), identified).when(later).then(toldAgain);
    given(aConcern(), identified, restricted, lifted).when(later).then(toldAgain);
  });
});

describe('breaking the glass', () => {
  it('opens a restricted concern to somebody who is not named, for a while, with a reason', () => {
    given(aConcern(), restricted).when(breakGlass).then(broken);
    given(aConcern(), restricted).when({ ...breakGlass, reason: null }).thenRefused('concern/reason-required');
    expect(glassOf(after(aConcern(), restricted, broken), 'officer-2')).toMatchObject({ reason: words('nobody else is here') });
  });

  it('does nothing for whoever has it open already', () => {
    given(aConcern(), restricted).when({ ...breakGlass, by: 'officer-1' }).thenNothing();
    given(aConcern()).when(breakGlass).thenNothing();
    given(aConcern(), restricted, lifted).when(breakGlass).thenNothing();
  });

  it('is not needed any more once they are named, or nobody is', () => {
    expect(glassOf(after(aConcern(), restricted, broken, lifted), 'officer-2')).toBeUndefined();
    expect(glassOf(after(aConcern(), restricted, broken, { ...restricted, names: ['officer-2'] }), 'officer-2')).toBeUndefined();
  });
});
