import { randomUUID } from 'node:crypto';
import { NotYet } from '#libs/messaging';
import { enquiryIdOf } from '../src/enquiry/application/enquiries.js';
import { aDecision, anErrorOf, anImport, aReopening, ASection42 } from './a-section42.js';

describe('what triage tells', () => {
  let section42: ASection42;
  const concern = randomUUID();
  beforeEach(async () => {
    section42 = await ASection42.make('http://127.0.0.1:9');
  });
  afterEach(() => section42.close());

  it('opens an enquiry for each decision that calls for one', async () => {
    await section42.take(
      aDecision(concern),
      anImport(randomUUID(), 's42_enquiry', '2025-06-02T09:00:00.000000Z'),
      anImport(randomUUID(), 'other_enquiry'),
      aDecision(randomUUID(), { outcome: 'other_enquiry' }),
      aDecision(randomUUID(), { outcome: 'no_further_action' }),
    );
    const rows = await section42.rows();
    expect(rows.map(({ kind, status, is_assumed }) => [kind, status, is_assumed]).toSorted()).toEqual([['other', 'open', false], ['s42', 'open', false], ['s42', 'open', true]]);
    expect(rows.find(({ concern_id }) => concern_id === concern)).toMatchObject({ id: enquiryIdOf(concern), authority: 'E06000062' });
  });

  it('says in the journal whose decision it was, and goes on with its trace', async () => {
    const decision = aDecision(concern);
    await section42.take(decision);
    expect(await section42.told()).toMatchObject([
      { type: 'safeguarding.enquiry.opened.v1', actor: 'staff-triage-1', causationid: decision.id, traceparent: decision.traceparent, time: decision.data.decidedAt },
    ]);
  });

  it('asks whether to go on where the concern was entered in error, and makes no enquiry of one that had none', async () => {
    await section42.take(aDecision(concern), anErrorOf(concern), anErrorOf(randomUUID()));
    expect(await section42.rows()).toMatchObject([{ status: 'open', asked_whether_to_go_on_at: '2025-07-02T09:00:00.000000Z' }]);
  });

  it('is taken once', async () => {
    const batch = [aDecision(concern), aDecision(concern)];
    await section42.take(...batch);
    await section42.take(...batch);
    expect(await section42.told()).toHaveLength(1);
  });

  it('asks whether to go on, also where decision, reopening and new decision come together', async () => {
    await section42.take(aDecision(concern), aReopening(concern), aDecision(concern, { decision: 2, outcome: 'other_enquiry' }), aReopening(randomUUID(), 'quality_team'));
    expect((await section42.standings(enquiryIdOf(concern)))[0]).toMatchObject({
      state: { status: 'open', story: { kind: 'other', decisions: [1, 2], goOnQuestion: { answer: null } } },
    });
    expect(await section42.rows()).toMatchObject([{ asked_whether_to_go_on_at: '2025-07-01T09:00:00.000000Z' }]);
  });

  it('waits where the decision that opened the enquiry has not come', async () => {
    const reopening = aReopening(concern);
    await expect(section42.take(reopening)).rejects.toThrow(NotYet);
    await section42.take(aDecision(concern));
    await section42.take(reopening);
    expect((await section42.standings(enquiryIdOf(concern)))[0]).toMatchObject({ state: { story: { goOnQuestion: { answer: null } } } });
  });

  it('names what came before the decision that it builds on, and takes the rest', async () => {
    const [early, error, unopened] = [aReopening(concern, 'other_enquiry', true), anErrorOf(randomUUID(), true), anErrorOf(randomUUID(), false)];
    const refusal = section42.take(early, aDecision(randomUUID()), error, unopened, aReopening(randomUUID(), 'other_enquiry'));
    await expect(refusal).rejects.toMatchObject({ messageIds: new Set([early.id, error.id]) });
    expect(await section42.told()).toEqual([]);
    await section42.take(aDecision(concern, { outcome: 'other_enquiry' }), early);
    expect((await section42.standings(enquiryIdOf(concern)))[0]).toMatchObject({ state: { story: { goOnQuestion: { answer: null } } } });
  });

  it('leaves nothing behind where a message is rubbish', async () => {
    const rubbish = aDecision('no concern at all');
    await expect(section42.take(aDecision(concern), { ...rubbish, authority: 'E06000062', data: { ...rubbish.data, decidedAt: 'never' } })).rejects.toThrow(/invalid input syntax/);
    expect([await section42.rows(), await section42.told()]).toEqual([[], []]);
    await section42.take(aDecision(concern));
    expect(await section42.rows()).toHaveLength(1);
  });
});
