import { setTimeout as pause } from 'node:timers/promises';
import { aReopening } from './a-section42.js';
import { allocation, AServedSection42 } from './a-served-section42.js';

let section42: AServedSection42;
beforeAll(async () => {
  section42 = await AServedSection42.start();
}, 60_000);
afterAll(() => section42?.close());

const ask: AServedSection42['ask'] = (...given) => section42.ask(...given);
const tell: AServedSection42['tell'] = (message) => section42.tell(message);
const opened: AServedSection42['opened'] = () => section42.opened();
const conclusion = {
  outcomesAsked: 'asked_and_expressed', outcomesAchieved: 'fully_achieved', mentalCapacity: 'has_capacity',
  risks: [{ typeOfRisk: 'physical', sourceOfRisk: 'known_to_individual', location: 'own_home', riskAssessmentOutcome: 'A1', riskOutcome: 'removed' }],
  action: { isNeeded: false, words: 'The risk is gone.' },
};

describe('the life of an enquiry', () => {
  it('goes from the decision over allocation and reallocation to its conclusion, and can be opened again', async () => {
    const { id, concernId, etag } = await opened();
    const act = async (what: string, seen: string | undefined, body: object): Promise<string | undefined> => {
      const { status, etag: next, body: answer } = await ask('POST', `/enquiries/${id}/${what}`, { seen, body });
      if (status !== 200) throw new Error(`${what}: ${status} ${JSON.stringify(answer)}`);
      return next;
    };
    let seen = await act('allocate', etag, allocation);
    seen = await act('reallocate', seen, { ...allocation, worker: 'staff-worker-2', reason: 'on leave' });
    seen = await act('plan', seen, { outcomesAsked: 'asked_and_expressed', words: 'To stay at home.' });
    seen = await act('protection-plan', seen, { plan: 'A key safe.', reviewOn: '2027-01-01' });
    seen = await act('protection-plan/review', seen, { outcome: 'continues', review: 'It works.', reviewOn: '2027-06-01' });
    seen = await act('cause', seen, { agency: 'nhs', scope: 'The ward.', purpose: 'To know.', dueOn: '2027-01-01' });
    seen = await act('progress', seen, { note: 'Half way.' });
    await tell(aReopening(concernId));
    for (let tries = 0; tries < 500 && seen === '"8"'; tries += 1, await pause(20)) seen = (await ask('GET', `/enquiries/${id}`)).etag;
    seen = await act('go-on', seen, { goOn: true, reason: 'There is more to find.' });
    seen = await act('conclude', seen, { ...conclusion, qualityCheckedBy: 'staff-manager-1' });
    seen = await act('correct', seen, { field: 'advocate', value: 'yes', reason: 'misread' });
    expect((await ask('GET', `/enquiries/${id}`)).body).toMatchObject({
      status: 'concluded', conductedBy: 'nhs', dueOn: '2027-01-01', conclusion: { outcomesAchieved: 'fully_achieved', advocate: 'yes', riskOutcome: 'removed' },
      allocation: { worker: 'staff-worker-2' }, goOnQuestion: { answer: { goOn: true } }, permitted: expect.arrayContaining(['ReopenEnquiry']),
    });
    await act('reopen', seen, { reason: 'a new allegation' });
    const { body } = await ask('GET', `/enquiries/${id}/story`);
    expect((body['events'] as { type: string }[]).map(({ type }) => type)).toEqual([
      'EnquiryOpened', 'EnquiryAllocated', 'EnquiryReallocated', 'EnquiryPlanned', 'ProtectionPlanSet', 'ProtectionPlanReviewed', 'EnquiryCaused',
      'ProgressChecked', 'WhetherToGoOnAsked', 'WhetherToGoOnAnswered', 'EnquiryConcluded', 'EnquiryCorrected', 'EnquiryReopened',
    ]);
  });

  it('is changed only by somebody who has seen it as it is, and only as the rules allow', async () => {
    const { id, etag } = await opened();
    const allocate = (given: object) => ask('POST', `/enquiries/${id}/allocate`, { body: allocation, ...given });
    expect((await allocate({})).status).toBe(428);
    expect(await ask('POST', `/enquiries/${id}/conclude`, { seen: etag, body: conclusion })).toMatchObject({ status: 409, body: { code: 'enquiry/not-allocated' } });
    expect(await allocate({ seen: etag, body: { ...allocation, worker: 'Mr Example' } })).toMatchObject({ status: 400 });
    expect((await allocate({ seen: etag })).status).toBe(200);
    expect(await allocate({ seen: etag })).toMatchObject({ status: 412, body: { changes: [{ type: 'EnquiryAllocated', actor: 'staff-manager-1' }] } });
  });

  it('takes two people to be entered in error', async () => {
    const { id, etag } = await opened();
    const step = (name: string, as: string, seen: string | undefined) => ask('POST', `/enquiries/${id}/entered-in-error/${name}`, { as, seen, body: { reason: 'a test' } });
    const { etag: proposed } = await step('propose', 'staff-worker-1', etag);
    expect((await step('confirm', 'staff-worker-1', proposed)).body).toMatchObject({ code: 'enquiry/second-person-required' });
    expect(await step('confirm', 'staff-manager-1', proposed)).toMatchObject({ status: 200, body: { status: 'entered-in-error' } });
  });

  it('is nobody’s business in another authority, and who reads it is recorded', async () => {
    const { id, concernId, etag } = await opened();
    const there = { as: 'staff-manager-north-1' };
    for (const path of [`/enquiries/${id}`, `/enquiries/${id}/story`]) {
      expect((await ask('GET', path, there)).status).toBe(404);
      expect((await ask('GET', path, { as: 'staff-board-1' })).status).toBe(403);
    }
    expect((await ask('GET', `/enquiries?concernId=${concernId}`, there)).body).toEqual({ items: [] });
    expect((await ask('POST', `/enquiries/${id}/allocate`, { as: 'staff-manager-north-1', seen: etag, body: allocation })).status).toBe(404);
    expect((await ask('GET', `/enquiries?concernId=${concernId}`, { as: 'staff-worker-2', why: 'review' })).body).toMatchObject({ items: [{ id, concernId, kind: 's42' }] });
    expect((await ask('GET', `/enquiries/${id}`, { as: 'staff-worker-2', why: 'x'.repeat(501) })).status).toBe(400);
    expect(await section42.every(`select actor, what, why, why_text is not null as said from read_audit where record_ids = array[$1::uuid] order by id desc limit 1`, id)).toEqual([
      { actor: 'staff-worker-2', what: 'enquiry', why: null, said: true },
    ]);
  });
});

describe('the queue of unallocated enquiries', () => {
  it('has what nobody has, and leaves out what somebody was given', async () => {
    const total = async () => (await ask('GET', '/queue?authority=E06000062')).body['total'] as number;
    const [first, second] = [await opened(), await opened()];
    const before = await total();
    expect((await ask('GET', '/queue?sort=reference&direction=desc&kind=s42')).body).toMatchObject({
      page: 1, pageSize: 50, total: before, asOf: expect.any(String),
      items: expect.arrayContaining([
        { id: first.id, concernId: first.concernId, reference: expect.stringMatching(/^SE-/), authority: 'E06000062', kind: 's42', openedAt: '2025-06-01T09:00:00.000000Z', waitingDays: expect.any(Number), stranded: null },
      ]),
    });
    await ask('POST', `/enquiries/${second.id}/allocate`, { seen: second.etag, body: allocation });
    expect(await total()).toBe(before - 1);
    expect((await ask('GET', '/queue?authority=E06000061', { as: 'staff-manager-north-1' })).body).toMatchObject({ total: 0, items: [] });
    expect((await ask('GET', '/queue?page=9')).body).toMatchObject({ total: before - 1, items: [] });
    expect((await ask('GET', '/queue?sort=name')).status).toBe(400);
  });
});
