import { fold, specify } from '#libs/decider';

import { aConcern, aTriage, reopened, TUESDAY, WEDNESDAY, words } from './a-concern.js';
import { concern, type ConcernEvent, dangerSince, permitted, type SeeToDanger } from './concern.js';

const { given } = specify(concern);
const decidedConcern: ConcernEvent[] = [aConcern(), aTriage()];
const says = (inDanger: 'yes' | 'no' | 'not_sure', at = WEDNESDAY): ConcernEvent => ({ type: 'MoreAnswered', at, by: 'partner-1', what: ['immediate_risk'], answer: null, from: 'referrer', inDanger });
const see: SeeToDanger = { type: 'SeeToDanger', at: WEDNESDAY, by: 'officer-1', reason: words('the police are there') };
const seen: ConcernEvent = { type: 'DangerSeenTo', at: WEDNESDAY, by: 'officer-1', reason: words('the police are there') };
const putRight: ConcernEvent = { type: 'ConcernCorrected', at: WEDNESDAY, by: 'officer-1', correction: { field: 'immediateRisk', value: false }, reason: words('rang') };
const to = (value: boolean | null, at = WEDNESDAY): ConcernEvent => ({ ...putRight, at, correction: { field: 'immediateRisk', value } });

function since(...events: ConcernEvent[]) {
  const state = fold(concern, events);
  return state.status === 'absent' ? undefined : { at: state.story.dangerToldAt, mayBeSeenTo: permitted(state).includes('SeeToDanger') };
}
const rings = { at: WEDNESDAY, mayBeSeenTo: true };
const silent = { at: null, mayBeSeenTo: false };

describe('danger that is told after the decision', () => {
  it('waits for somebody from the first time, and is not taken back by whoever told it', () => {
    expect(since(...decidedConcern, says('yes'))).toEqual(rings);
    expect(since(...decidedConcern, says('yes'), says('yes', '2026-11-20T09:00:00Z'), says('no'))).toEqual(rings);
    expect([since(...decidedConcern), since(...decidedConcern, says('no')), since(...decidedConcern, says('not_sure'))]).toEqual([silent, silent, silent]);
  });
  it('is not told after the decision where it was told before', () => {
    expect(since(aConcern(), says('yes', TUESDAY))).toEqual(silent);
    expect(since(aConcern(), says('yes', TUESDAY), aTriage({ at: WEDNESDAY }))).toEqual(silent);
  });
  it('waits on while somebody only writes to whoever told it, or puts something else right', () => {
    const written: ConcernEvent = { type: 'MessageToReferrerWritten', at: WEDNESDAY, by: 'officer-1', decision: 1, message: words('thanks'), way: 'email', sendingId: 's1' };
    const other: ConcernEvent = { ...putRight, correction: { field: 'channel', value: 'telephone' } };
    expect(since(...decidedConcern, says('yes'), written, other)).toEqual(rings);
  });
  it('waits no more once an officer opens it again, puts right whether there is danger, or says that it was seen to', () => {
    for (const answer of [reopened, putRight, seen]) expect(since(...decidedConcern, says('yes'), answer)).toEqual(silent);
  });
  it('waits on where an officer records that there is danger, or that nobody knows', () => {
    expect([since(...decidedConcern, says('yes', TUESDAY), to(true)), since(...decidedConcern, says('yes'), to(null))]).toEqual([{ ...rings, at: TUESDAY }, rings]);
  });
  it('waits where an officer records danger that was not recorded at the decision, and no more where they find that there is none', () => {
    expect([since(...decidedConcern, to(true)), since(...decidedConcern, to(null), to(true)), since(...decidedConcern, to(null)), since(...decidedConcern, to(true), to(false))]).toEqual([rings, rings, silent, silent]);
    expect([since(aConcern(), to(true, TUESDAY)), since(aConcern({ immediateRisk: true }), aTriage(), to(true))]).toEqual([silent, silent]);
  });
  it('waits again where it is told again', () => expect(since(...decidedConcern, says('yes', TUESDAY), seen, says('yes'))).toEqual(rings));
});

describe('saying that it was seen to', () => {
  it('takes a person and a reason', () => {
    given(...decidedConcern, says('yes')).when(see).then(seen);
    given(...decidedConcern, says('yes')).when({ ...see, reason: null }).thenRefused('concern/reason-required');
    given(...decidedConcern, says('yes')).when({ ...see, by: ' ' }).thenRefused('concern/person-required');
  });
  it('changes nothing where nobody waits for it', () => given(...decidedConcern, says('yes'), seen).when(see).thenNothing());
  it('is of what is decided alone', () => given(aConcern()).when(see).thenRefused('concern/not-decided'));
});

describe('what whoever raised it wrote since the decision', () => {
  const wrote = (said: string | null, at = WEDNESDAY): ConcernEvent => ({ type: 'MoreAnswered', at, by: 'partner-1', what: ['immediate_risk'], answer: said === null ? null : words(said), from: 'referrer', inDanger: 'yes' });
  const toldOf = (...events: ConcernEvent[]) => dangerSince(events, fold(concern, events));

  it('is told the latest first while danger waits, and nothing from before it', () => {
    expect(toldOf(aConcern(), wrote('before', TUESDAY), aTriage(), wrote('a knife'), wrote('she cries', '2026-11-20T09:00:00Z'))).toEqual({ at: WEDNESDAY, words: [{ at: '2026-11-20T09:00:00Z', words: words('she cries') }, { at: WEDNESDAY, words: words('a knife') }], mayTell: true });
    expect([toldOf(...decidedConcern), toldOf(...decidedConcern, wrote('a knife'), seen), toldOf(...decidedConcern, wrote('a knife'), reopened)]).toEqual([undefined, undefined, undefined]);
  });

  it('may show what was decided by any words, since what became of it reaches them in many ways', () => {
    expect([toldOf(...decidedConcern, wrote('a knife'))?.mayTell, toldOf(...decidedConcern, wrote(null))?.mayTell]).toEqual([true, false]);
  });
});
