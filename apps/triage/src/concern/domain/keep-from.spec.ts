import { specify } from '#libs/decider';
import { isKeptFrom, isOpenTo } from '#libs/restriction';
import { aConcern, aLegacyConcern, aTriage, TUESDAY, WEDNESDAY, words } from './a-concern.js';
import { concern, type Concern, type ConcernEvent, type KeepConcernFrom } from './concern.js';

const { given } = specify(concern);
const keep: KeepConcernFrom = { type: 'KeepConcernFrom', at: TUESDAY, by: 'manager-1', staff: ['officer-2'], why: 'source_of_risk', reason: null, unknown: [], namedHere: [], managers: ['manager-1', 'manager-2'] };
const kept: ConcernEvent = { type: 'ConcernKeptFrom', at: TUESDAY, by: 'manager-1', staff: ['officer-2'], why: 'source_of_risk', reason: null };
const noMore = { type: 'KeepNoMore', at: WEDNESDAY, by: 'manager-1', staff: ['officer-2'], reason: words('it was not them'), namedHere: [] } as const;
const keptNoMore: ConcernEvent = { type: 'KeptNoMore', at: WEDNESDAY, by: 'manager-1', staff: ['officer-2'], reason: words('it was not them') };
const restricted: ConcernEvent = { type: 'ConcernRestricted', at: TUESDAY, by: 'manager-1', names: ['manager-1', 'officer-2'], why: 'staff_as_subject', reason: null };
const after = (...events: ConcernEvent[]) => events.reduce(concern.evolve, concern.initialState);
const isFor = (state: Concern, id: string) => state.status !== 'absent' && isOpenTo(state.story, id);

describe('keeping a concern from somebody', () => {
  it('closes it to them, and to nobody else', () => {
    given(aConcern()).when(keep).then(kept);
    given(aConcern(), aTriage()).when(keep).then(kept);
    expect(['officer-1', 'officer-2', 'manager-1'].map((id) => isFor(after(aConcern(), kept), id))).toEqual([true, false, true]);
  });

  it('takes it from whoever has it, and leaves it with others', () => {
    const has = (to: string): ConcernEvent => ({ type: 'ConcernAssigned', at: TUESDAY, by: 'manager-1', to });
    expect([after(aConcern(), has('officer-2'), kept), after(aConcern(), has('officer-1'), kept)]).toMatchObject([{ story: { assignedTo: null } }, { story: { assignedTo: 'officer-1' } }]);
  });

  it('gives it to none of them any more', () => {
    const assign = { type: 'AssignConcern', at: WEDNESDAY, by: 'manager-1', to: 'officer-2' } as const;
    given(aConcern(), kept).when(assign).thenRefused('concern/kept-from');
    given(aConcern(), kept, keptNoMore).when(assign).then({ ...assign, type: 'ConcernAssigned' });
  });

  it('names none of them in a restriction', () => {
    const restrict = { type: 'RestrictConcern', at: WEDNESDAY, by: 'manager-1', names: ['officer-2'], why: 'domestic_abuse', reason: null, unknown: [], namedHere: [] } as const;
    given(aConcern(), kept).when(restrict).thenRefused('concern/kept-from');
    given(aConcern(), kept).when({ ...restrict, names: [] }).then({ ...restricted, at: WEDNESDAY, names: ['manager-1'], why: 'domestic_abuse' });
  });

  it('opens it to none of them by a broken glass', () =>
    given(aConcern(), restricted, kept).when({ type: 'BreakGlass', at: WEDNESDAY, by: 'officer-2', until: '2026-06-03T10:00:00.000000Z', reason: words('why') }).thenRefused('concern/kept-from'));

  it('holds for whoever is named too, and once it holds no more they are named as before', () => {
    expect([restricted, kept, keptNoMore].map((_, at) => isFor(after(aConcern(), ...[restricted, kept, keptNoMore].slice(0, at + 1)), 'officer-2'))).toEqual([true, false, true]);
    const lifted: ConcernEvent = { type: 'RestrictionLifted', at: WEDNESDAY, by: 'manager-1', reason: words('over') };
    expect(isFor(after(aConcern(), restricted, kept, lifted), 'officer-2')).toBe(false);
  });

  it('says why once, and another reason in its place', () => {
    given(aConcern(), kept).when(keep).thenNothing();
    given(aConcern(), kept).when({ ...keep, staff: ['officer-2', 'officer-3'] }).then({ ...kept, staff: ['officer-3'] });
    given(aConcern(), kept).when({ ...keep, why: 'close_to_source' }).then({ ...kept, why: 'close_to_source' });
    given(aConcern()).when({ ...keep, why: 'other' }).thenRefused('concern/reason-required');
  });

  it('names a person who says so, and people who work here', () => {
    given(aConcern()).when({ ...keep, by: ' ' }).thenRefused('concern/person-required');
    given(aConcern()).when({ ...keep, staff: [] }).thenRefused('concern/nobody-named');
    given(aConcern()).when({ ...keep, unknown: ['officer-2'] }).thenRefused('concern/not-staff-here');
    given().when(keep).thenRefused('concern/not-received');
  });

  it('is for those to say who are named, as long as one of them works here', () => {
    const namedHere = ['manager-1', 'officer-2'];
    given(aConcern(), restricted).when({ ...keep, by: 'officer-3', namedHere }).thenRefused('concern/not-named');
    given(aConcern(), restricted).when({ ...keep, namedHere }).then(kept);
  });

  it('is taken back with a reason, once', () => {
    given(aConcern(), kept).when(noMore).then(keptNoMore);
    given(aConcern(), kept).when({ ...noMore, reason: null }).thenRefused('concern/reason-required');
    given(aConcern(), kept, keptNoMore).when(noMore).thenNothing();
  });
});

describe('somebody who must not work on a concern', () => {
  const interest: KeepConcernFrom = { ...keep, by: 'manager-1', staff: ['manager-1'], why: 'about_oneself' };

  it('says so themselves, and loses it', () => {
    given(aConcern()).when(interest).then({ ...kept, staff: ['manager-1'], why: 'about_oneself' });
    given(aConcern(), restricted).when({ ...interest, by: 'officer-3', staff: ['officer-3'], namedHere: ['manager-1'] }).then({ ...kept, by: 'officer-3', staff: ['officer-3'], why: 'about_oneself' });
  });

  it('stays while nobody else could go on with it', () => {
    given(aConcern()).when({ ...interest, managers: ['manager-1'] }).thenRefused('concern/nobody-left');
    given(aConcern(), { ...kept, staff: ['manager-2'] }).when(interest).thenRefused('concern/nobody-left');
    given(aConcern(), { ...restricted, names: ['manager-1'] }).when({ ...interest, namedHere: ['manager-1'] }).thenRefused('concern/nobody-left');
    given(aConcern(), restricted).when({ ...interest, namedHere: ['manager-1', 'officer-2'] }).then({ ...kept, staff: ['manager-1'], why: 'about_oneself' });
  });
});

describe('another concern about the same person', () => {
  const identify = { type: 'IdentifyPerson', at: WEDNESDAY, personId: 'p1', personSequence: 1, ageBand: '18-64', keptFrom: [{ id: 'officer-2', why: 'about_oneself' }, { id: 'officer-3', why: 'close_to_person' }] } as const;
  const identified: ConcernEvent = { type: 'PersonIdentified', at: WEDNESDAY, personId: 'p1', personSequence: 1, ageBand: '18-64' };
  const alike = (id: string, why: 'about_oneself' | 'close_to_person'): ConcernEvent => ({ type: 'ConcernKeptFrom', at: WEDNESDAY, by: null, staff: [id], why, reason: null });

  it('is kept from the same staff for the person’s sake, by nobody’s act, once', () => {
    given(aConcern()).when(identify).then(identified, alike('officer-2', 'about_oneself'), alike('officer-3', 'close_to_person'));
    given(aConcern(), identified).when({ ...identify, personSequence: 2 }).then({ ...identified, personSequence: 2 });
  });

  it('keeps what somebody said of it before', () => given(aConcern(), kept).when(identify).then(identified, alike('officer-3', 'close_to_person')));

  it('that is brought here from another system is too', () => {
    const { type: _type, ...legacy } = aLegacyConcern();
    given().when(aLegacyConcern({ kept: { at: WEDNESDAY, keptFrom: [{ id: 'officer-2', why: 'about_oneself' }] } })).then({ ...legacy, type: 'ConcernImported' }, alike('officer-2', 'about_oneself'));
  });

  it('is kept from nobody twice', () => {
    const state = after(aConcern(), kept, alike('officer-2', 'about_oneself'));
    expect(state.status !== 'absent' && [isKeptFrom(state.story, 'officer-2'), state.story.keptFrom]).toEqual([true, [{ id: 'officer-2', why: 'about_oneself', at: WEDNESDAY, by: null }]]);
  });
});
