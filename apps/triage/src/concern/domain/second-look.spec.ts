import { specify } from '#libs/decider';

import { aConcern, aDecision, aTriage, limbs, MONDAY, reopened, TUESDAY, WEDNESDAY, wishesKnown, words } from './a-concern.js';
import { concern, type ConcernEvent, type LookAgain, permitted } from './concern.js';

const { given } = specify(concern);
const drawn: ConcernEvent = { type: 'SecondLookDrawn', at: TUESDAY, decision: 1 };
const decided = [aConcern(), wishesKnown, aTriage(), drawn];
const looking = (change: Partial<LookAgain> = {}): LookAgain => ({
  type: 'LookAgain', at: WEDNESDAY, by: 'officer-2', hasSeen: false, limbs: limbs('yes', 'no', 'yes'), outcome: 'quality_team', reason: words('no abuse'), ...change,
});
const looked: ConcernEvent = { type: 'SecondLookGiven', at: WEDNESDAY, by: 'officer-2', decision: 1, limbs: limbs('yes', 'no', 'yes'), outcome: 'quality_team', reason: words('no abuse') };
const stateOf = (...events: ConcernEvent[]) => events.reduce(concern.evolve, concern.initialState);

describe('drawing decisions for a second look', () => {
  it.each([[0.049, true], [0.05, false], [0, true], [0.9, false]])('takes a share of them by lot: %d of 0.05', (value, isDrawn) =>
    given(aConcern(), wishesKnown).when(aDecision({ lot: { value, share: 0.05 } })).then(aTriage(), ...(isDrawn ? [drawn] : [])));
  it('takes none where the share is none', () => given(aConcern(), wishesKnown).when(aDecision({ lot: { value: 0, share: 0 } })).then(aTriage()));
});

describe('a second look', () => {
  it('is given by somebody else, limb by limb, with an outcome and a reason', () => given(...decided).when(looking()).then(looked));
  it('changes nothing of the decision', () => {
    const [before, after] = [stateOf(...decided), stateOf(...decided, looked)];
    expect(after).toMatchObject({ status: 'triaged', decision: aTriage(), feedback: 'owed' });
    expect([permitted(before).includes('LookAgain'), permitted(after).includes('LookAgain')]).toEqual([true, false]);
  });
  it('is not given by whoever decided', () => given(...decided).when(looking({ by: 'officer-1' })).thenRefused('concern/second-look-by-another'));
  it('is not given by whoever has seen the decision', () => given(...decided).when(looking({ hasSeen: true })).thenRefused('concern/second-look-not-blind'));
  it('is given by a named person', () => given(...decided).when(looking({ by: ' ' })).thenRefused('concern/person-required'));
  it('is given once', () => given(...decided, looked).when(looking({ by: 'officer-3' })).thenRefused('concern/second-look-given'));
  it('is given to no decision that was not drawn, nor before there is one', () => {
    given(aConcern(), wishesKnown, aTriage()).when(looking()).thenRefused('concern/second-look-not-drawn');
    given(aConcern()).when(looking()).thenRefused('concern/not-decided');
  });
  it('holds to the three limbs, each with its reason', () => {
    given(...decided).when(looking({ limbs: { ...limbs('yes', 'cannot_yet_tell', 'yes'), risk: { answer: 'cannot_yet_tell', reason: null } } })).thenRefused('concern/limb-reason-required');
    given(...decided).when(looking({ limbs: { ...limbs('yes', 'yes', 'yes'), risk: { answer: null, reason: null } } })).thenRefused('concern/limb-answer-required');
    given(...decided).when(looking({ limbs: limbs('yes', 'yes', 'yes') })).thenRefused('concern/limbs-require-s42-enquiry');
    given(...decided).when(looking({ outcome: null })).thenRefused('concern/outcome-required');
    given(...decided).when(looking({ reason: null })).thenRefused('concern/reason-required');
  });
  it('takes that one of the three cannot be told yet, since it decides nothing', () => {
    const open = limbs('yes', 'cannot_yet_tell', 'yes');
    given(...decided).when(looking({ limbs: open })).then({ ...looked, limbs: open });
  });
  it('lapses where the concern is opened again, and stays where it was given before', () => {
    expect(stateOf(...decided, reopened)).toMatchObject({ story: { secondLooks: [] } });
    expect(stateOf(...decided, looked, reopened)).toMatchObject({ story: { secondLooks: [{ decision: 1, given: looked }] } });
    given(...decided, reopened, aTriage({ decision: 2, at: WEDNESDAY })).when(looking()).thenRefused('concern/second-look-not-drawn');
  });
  it('stops no clock and leaves what is owed to whoever raised it', () =>
    expect(stateOf(...decided, looked)).toMatchObject({ feedback: 'owed', story: { receivedAt: MONDAY } }));
});
