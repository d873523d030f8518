import { fold, specify } from '#libs/decider';
import { aConcern, aTriage, limbs, MONDAY, reopened, TUESDAY, WEDNESDAY, wishesKnown, words } from './a-concern.js';
import { NOTHING_SAID } from './circumstances.js';
import { concern, type ConcernEvent, type TellMore } from './concern.js';
import type { DangerSaid } from './codes.js';
import { asSent } from './following.js';

const { given } = specify(concern);
const asked = aConcern({ toChase: ['when_it_happened', 'consent'] });
const tells = (change: Partial<TellMore> = {}): TellMore => ({ type: 'TellMore', at: TUESDAY, by: 'partner-1', what: ['when_it_happened'], words: words('on Sunday'), letInBy: 'account', ...change });
const told = (change: object = {}): ConcernEvent => ({ type: 'MoreAnswered', at: TUESDAY, by: 'partner-1', what: ['when_it_happened'], answer: words('on Sunday'), from: 'referrer', ...change });
const byRelative = aConcern({ referrerType: 'family_or_friend', sourceOfRisk: 'known_to_individual', toChase: ['when_it_happened'] });
const inError: ConcernEvent = { type: 'ConcernEnteredInError', at: TUESDAY, proposedBy: 'officer-1', confirmedBy: 'officer-2', reason: words('a test') };
const struckByOfficer: ConcernEvent = { type: 'MoreAnswered', at: TUESDAY, by: 'officer-1', what: ['when_it_happened'], answer: words('rang another') };

function after(...events: ConcernEvent[]) {
  const state = fold(concern, events);
  if (state.status === 'absent') throw new Error('there is none');
  return state;
}

describe('whoever raised a concern tells more of it', () => {
  it('as themselves or by a code, and what they say that it answers need not be chased any more', () => {
    for (const letInBy of ['account', 'code'] as const) given(asked).when(tells({ letInBy })).then(told());
    expect(after(asked, told()).story.toChase).toEqual(['consent']);
    expect(after(asked, told()).story.toldBesides).toEqual([{ at: TUESDAY, what: ['when_it_happened'] }]);
  });
  it('without answering anything that was asked', () => {
    given(asked).when(tells({ what: [] })).then(told({ what: [] }));
    expect(after(asked, told({ what: [] })).story.toChase).toEqual(['when_it_happened', 'consent']);
  });
  it('moves no clock, and decides nothing', () => expect(after(asked, told())).toMatchObject({ status: 'awaiting-triage', clocksFrom: MONDAY }));
  it('also once it is decided', () => given(asked, aTriage()).when(tells({ at: WEDNESDAY })).then(told({ at: WEDNESDAY })));
  it('needs a concern, and words', () => {
    given().when(tells()).thenRefused('concern/not-received');
    given(asked).when(tells({ words: null })).thenRefused('concern/words-required');
  });
  it('ends after twenty times, whatever others put down', () => {
    const often = Array.from({ length: 20 }, () => told());
    given(asked, ...often).when(tells()).thenRefused('concern/told-enough');
    given(asked, ...often.slice(1), struckByOfficer).when(tells()).then(told());
  });
  it('is not done to what was taken back', () => {
    for (const letInBy of ['account', 'code'] as const) given(asked, inError).when(tells({ letInBy })).thenRefused('concern/entered-in-error');
  });
});

describe('whoever raised a concern says whether somebody is in danger now', () => {
  const open = aConcern({ immediateRisk: null, toChase: ['immediate_risk', 'consent'] });
  const says = (inDanger: DangerSaid, change: Partial<TellMore> = {}): TellMore => tells({ what: [], words: null, inDanger, ...change });
  const said = (inDanger: DangerSaid, change: object = {}): ConcernEvent => told({ what: inDanger === 'not_sure' ? [] : ['immediate_risk'], answer: null, inDanger, ...change });
  const corrected = (value: boolean): ConcernEvent => ({ type: 'ConcernCorrected', at: TUESDAY, by: 'officer-1', correction: { field: 'immediateRisk', value }, reason: words('rang') });
  const riskAfter = (...events: ConcernEvent[]) => after(...events).story.particulars.immediateRisk;

  it('and yes makes it one in danger now, without another word and however often they wrote', () => {
    given(open).when(says('yes')).then(said('yes', { immediateRisk: true }));
    expect(after(open, said('yes', { immediateRisk: true })).story).toMatchObject({ particulars: { immediateRisk: true }, toChase: ['consent'], toldBesides: [{ inDanger: 'yes' }], moreCameAt: TUESDAY });
    const often = Array.from({ length: 20 }, () => told());
    given(open, ...often).when(says('yes')).then(said('yes', { immediateRisk: true }));
    given(open, ...often).when(says('no')).thenRefused('concern/told-enough');
    const atRisk = said('yes', { immediateRisk: true });
    given(open, ...often, atRisk, aTriage()).when(says('yes', { at: WEDNESDAY })).then(said('yes', { at: WEDNESDAY }));
    given(open, ...often, atRisk, aTriage()).when(says('no', { at: WEDNESDAY })).thenRefused('concern/told-enough');
  });
  it('and yes counts where an officer had said no, and after the decision', () => {
    given(open, corrected(false)).when(says('yes')).then(said('yes', { immediateRisk: true }));
    given(open, aTriage()).when(says('yes')).then(said('yes', { immediateRisk: true }));
  });
  it('and no counts only where nobody knew', () => {
    given(open).when(says('no')).then(said('no', { immediateRisk: false }));
    given(open, corrected(true)).when(says('no')).then(said('no'));
    given(open, said('yes', { immediateRisk: true })).when(says('no')).then(said('no'));
    expect([riskAfter(open, said('no', { immediateRisk: false })), riskAfter(open, corrected(true), said('no'))]).toEqual([false, true]);
  });
  it('and not being sure settles nothing, nor does saying that it is answered', () => {
    given(open).when(says('not_sure')).then(said('not_sure'));
    given(open).when(tells({ what: ['immediate_risk', 'consent'] })).then(told({ what: ['consent'] }));
    given(open).when({ type: 'AnswerMore', at: TUESDAY, by: 'officer-1', what: ['immediate_risk'], answer: words('she rang') }).then({ type: 'MoreAnswered', at: TUESDAY, by: 'officer-1', what: [], answer: words('she rang') });
    expect(after(open, said('not_sure')).story).toMatchObject({ particulars: { immediateRisk: null }, toChase: ['immediate_risk', 'consent'] });
  });
  it('and it changes nothing of what should never have been recorded', () => {
    const taken = aConcern({ referrerType: 'family_or_friend', sourceOfRisk: 'known_to_individual', immediateRisk: null });
    given(taken, inError).when(says('yes')).then(said('yes'));
  });
});

describe('what came from whoever raised it', () => {
  const cameAt = (...events: ConcernEvent[]) => after(asked, ...events).story.moreCameAt;
  const considered: ConcernEvent = { type: 'LimbsConsidered', at: WEDNESDAY, by: 'officer-1', limbs: limbs('yes', 'yes', 'cannot_yet_tell'), circumstances: NOTHING_SAID };
  it('is news until somebody works on the concern', () => {
    expect([cameAt(), cameAt(told())]).toEqual([null, TUESDAY]);
    for (const work of [considered, aTriage(), struckByOfficer, { ...wishesKnown, at: WEDNESDAY }]) expect([work.type, cameAt(told(), work)]).toEqual([work.type, null]);
  });
  it('stays news while nobody does more than take it or open it again', () => {
    expect(cameAt(told(), { type: 'ConcernAssigned', at: WEDNESDAY, by: 'officer-1', to: 'officer-1' })).toBe(TUESDAY);
    expect(cameAt(aTriage({ at: MONDAY }), told(), reopened)).toBe(TUESDAY);
  });
  it('stays news where a message that was written before it arrives', () => {
    const written: ConcernEvent = { type: 'MessageToReferrerWritten', at: MONDAY, by: 'officer-1', decision: 1, message: words('thanks'), way: 'email', sendingId: 's1' };
    const arrived: ConcernEvent = { type: 'ReferrerTold', at: WEDNESDAY, by: 'officer-1', decision: 1, message: words('thanks'), way: 'email' };
    expect(cameAt(aTriage({ at: MONDAY }), written, told(), arrived)).toBe(TUESDAY);
  });
});

describe('whoever may be the one who causes the harm, and tells more', () => {
  it('is answered as if nobody had looked at it', () => {
    given(byRelative, inError).when(tells()).then(told());
    given(byRelative, aTriage()).when(tells()).then(told());
    given(byRelative).when(tells({ letInBy: 'code' })).thenRefused('concern/not-following');
  });
  it('does not settle by no that nobody is in danger, by what was said or as somebody found, and sees no difference', () => {
    const [no, open] = [tells({ what: [], words: null, inDanger: 'no' }), { immediateRisk: null, toChase: ['immediate_risk' as const] }];
    const answered = { what: ['immediate_risk'], answer: null, inDanger: 'no' };
    const [said, settled] = [told(answered), told({ ...answered, immediateRisk: false })];
    const judged = (mayBeSource: boolean): ConcernEvent => ({ type: 'ReferrerJudged', at: TUESDAY, by: 'officer-1', mayBeSource, reason: words('rang') });
    const [relative, other] = [aConcern({ referrerType: 'family_or_friend', sourceOfRisk: 'known_to_individual', ...open }), aConcern({ referrerType: 'police', ...open })];
    for (const story of [[relative], [other, judged(true)], [relative, aTriage()]]) {
      given(...story).when(no).then(said);
      expect(after(...story, said).story).toMatchObject({ particulars: { immediateRisk: null }, toChase: ['immediate_risk'] });
    }
    for (const story of [[relative, judged(false)], [other]]) given(...story).when(no).then(settled);
    const { toChase, toldBesides } = after(...asSent([other, judged(true), said], 'partner-1')).story;
    expect({ toChase, toldBesides }).toEqual({ toChase: [], toldBesides: after(other, settled).story.toldBesides });
  });
  it('says what it answers by the list that they see, whatever was struck from the other', () => {
    given(byRelative, struckByOfficer).when(tells()).then(told());
    const [seen, untouched] = [[byRelative, struckByOfficer, told()], [byRelative, told()]].map((story) => after(...asSent(story, 'partner-1')).story);
    expect(seen).toEqual(untouched);
    expect(seen!.toChase).toEqual([]);
  });
});
