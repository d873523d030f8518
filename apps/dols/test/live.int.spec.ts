import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { STEP_UP } from '#libs/identity';
import { DolsService } from './dols-service.js';

const asked = {
  authority: 'E06000062',
  urgent: false,
  setting: 'care_home_nursing',
  managingAuthority: 'Willow House',
  person: { givenName: 'Vera', familyName: 'Varga', dateOfBirth: '1946-05-01' },
};
const met = ['age', 'no_refusals', 'mental_capacity', 'mental_health', 'eligibility', 'best_interests'];

describe('a request that comes in', () => {
  let dols: DolsService;
  let broker: NatsConnection;
  let database: Client;
  beforeAll(async () => {
    dols = await DolsService.start();
    const { user, password } = dols.broker.login('set-up');
    broker = await connect({ servers: dols.broker.url, user, pass: password, inboxPrefix: `_INBOX_${user}` });
    database = new Client({ connectionString: dols.database.ownerUrl, options: '-c search_path=dols' });
    await database.connect();
  }, 60_000);
  afterAll(async () => {
    await database.end();
    await broker.close();
    await dols.close();
  });

  const as = (actor: string) => ({ as: actor });
  const rows = async (sql: string, ...values: unknown[]) => (await database.query(sql, values)).rows;
  const publish = (type: string, subject: string, data: object, id = `${v7()}:v1`) =>
    jetstream(broker).publish(type, JSON.stringify({
      specversion: '1.0', id, type, source: 'people', subject, time: '2026-07-01T09:00:00.000000Z', recordedat: '2026-07-01T09:00:00.000000Z',
      authority: asked.authority, actor: null, sequence: 1, causationid: null, traceparent: null, datacontenttype: 'application/json', data,
    }));
  const ask = async (change: object = {}, headers = {}) => {
    const { status, body, etag } = await dols.ask('POST', '/requests', { ...asked, ...change }, headers);
    expect(status).toBe(201);
    return { id: body['id'] as string, etag: etag!, body };
  };

  it('is taken alone, once for a key', async () => {
    const key = { 'idempotency-key': v7() };
    const first = await dols.ask('POST', '/requests', asked, key);
    expect(first.body).toMatchObject({ status: 'received', reference: expect.stringMatching(/^DL-/), kind: 'new' });
    expect((await dols.ask('POST', '/requests', asked, key)).body).toEqual(first.body);
    expect((await dols.ask('POST', '/requests', { ...asked, urgent: true }, key)).status).toBe(422);
  });

  it('keeps what it said about the person until people has it, and then lets go', async () => {
    const { id } = await ask();
    const claims = async (): Promise<unknown> => (await dols.ask('POST', '/internal/claims', { ids: [id, v7()] }, { as: 'people' })).body['claims'];
    expect(await claims()).toMatchObject([{ recordId: id, recordKind: 'dols_request', authority: asked.authority, person: asked.person }]);
    expect(await rows('select actor, what from read_audit where $1 = any(record_ids)', id)).toEqual([{ actor: 'service-people', what: 'identity' }]);
    const personId = v7();
    const told = `${v7()}:v1`;
    const data = { recordId: id, recordKind: 'dols_request', ageBand: '75-84', under18: false };
    await publish('safeguarding.person.identified.v1', personId, data, told);
    while ((await rows('select person_id from dols_request where id = $1', id))[0]?.person_id !== personId) await sleep(20);
    expect(await claims()).toEqual([]);
    await publish('safeguarding.person.identified.v1', personId, data);
    await publish('safeguarding.person.joined.v1', personId, { into: v7() });
    while ((await rows('select 1 from alias where person_id = $1', personId)).length === 0) await sleep(20);
    expect(await rows(`select 1 from journal where record_id = $1 and type = 'PersonIdentified'`, id)).toHaveLength(1);
  });

  it('survives rubbish', async () => {
    await jetstream(broker).publish('safeguarding.person.identified.v1', 'rubbish');
    await publish('safeguarding.person.identified.v1', v7(), { recordId: v7(), recordKind: 'dols_request', ageBand: '75-84', under18: false });
    const into = v7();
    await publish('safeguarding.person.joined.v1', v7(), { into });
    while ((await rows('select 1 from alias where into_id = $1', into)).length === 0) await sleep(20);
    expect(await rows('select type from dead_letter')).toEqual([{ type: 'safeguarding.person.identified.v1' }]);
  });

  it('goes all the way to an authorisation and its end', async () => {
    const { id, etag } = await ask();
    let seen = etag;
    const act = async (step: string, body: object, actor = 'staff-dols-1') => {
      const answer = await dols.ask('POST', `/requests/${id}/${step}`, body, { 'if-match': seen, ...as(actor) });
      expect({ step, status: answer.status, problem: answer.body['detail'] }).toEqual({ step, status: 200, problem: undefined });
      seen = answer.etag!;
      return answer.body;
    };
    const today = new Date().toISOString().slice(0, 10);
    await act('screen', { factors: { person_objects: 'yes' }, result: 'likely' });
    await act('prioritise', { band: 'high', reason: 'objects' });
    await act('contact', { spokenTo: 'person', objects: true, nextContactOn: '2099-01-01', note: 'said so' });
    await act('allocate', { bestInterestsAssessor: 'staff-bia-1', mentalHealthAssessor: 'staff-mha-1' });
    await act('reallocate', { bestInterestsAssessor: 'staff-bia-1', mentalHealthAssessor: 'STAFF-AUTHORISER-2', reason: 'away' });
    await act('assess', { assessment: 'age', result: 'met', assessor: 'staff-authoriser-2', assessedOn: today });
    await act('reallocate', { bestInterestsAssessor: 'staff-bia-2', mentalHealthAssessor: 'staff-mha-1', reason: 'back' });
    for (const assessment of met.filter((one) => one !== 'age')) {
      const assessor = assessment === 'best_interests' ? 'staff-bia-2' : 'staff-mha-1';
      await act('assess', { assessment, result: 'met', assessor, assessedOn: today }, assessor);
    }
    const decision = {
      outcome: 'granted', authorisedFrom: today, authorisedTo: today, conditions: ['a garden'], representative: { appointed: 'unpaid', name: 'Ann' }, reason: 'needed',
    };
    const ownWork = await dols.ask('POST', `/requests/${id}/decide`, decision, { 'if-match': seen, ...as('staff-authoriser-2') });
    expect(ownWork).toMatchObject({ status: 403, body: { code: 'rights/own_decision', detail: expect.stringContaining('a colleague has to decide') } });
    const granted = await act('decide', decision, 'staff-authoriser-1');
    expect(granted).toMatchObject({ status: 'authorised', outcome: 'granted' });
    expect(granted['permitted']).toEqual(['EndAuthorisation', 'SuspendAuthorisation', 'RequestRenewal', 'CorrectRequest', 'RestrictRequest', 'KeepRequestFrom', 'ProposeEnteredInError']);
    expect(await act('suspend', { on: today, reason: 'detained' })).toMatchObject({ suspendedOn: today });
    expect(await act('resume', { on: today })).toMatchObject({ suspendedOn: null });
    const renewalId = '0193f3a0-0000-7000-8000-0000000000aa';
    expect(await act('renewal', { renewalId })).toMatchObject({ renewalId });
    expect(await act('end', { endedOn: today, why: 'ceased', reason: 'went home' })).toMatchObject({ status: 'ended' });
    expect((await dols.ask('POST', `/requests/${id}/end`, { endedOn: today, why: 'ceased' }, { 'if-match': etag })).status).toBe(412);
    expect((await dols.ask('POST', `/requests/${id}/end`, { endedOn: today, why: 'ceased' })).status).toBe(428);
    expect(await rows(`select 1 from journal where data::text ~ 'Ann|garden|Willow'`)).toEqual([]);
  });

  it('is put right, and entered in error by two people', async () => {
    const { id, etag } = await ask();
    const corrected = await dols.ask('POST', `/requests/${id}/correct`, { changes: { setting: null, urgent: true }, reason: 'misread' }, { 'if-match': etag });
    expect(corrected.body).toMatchObject({ setting: null, urgent: true });
    const proposed = await dols.ask('POST', `/requests/${id}/propose-entered-in-error`, { reason: 'twice' }, { 'if-match': corrected.etag! });
    const alone = await dols.ask('POST', `/requests/${id}/confirm-entered-in-error`, {}, { 'if-match': proposed.etag! });
    expect(alone.body).toMatchObject({ code: 'request/second-person-required' });
    const other = { 'if-match': proposed.etag!, as: 'staff-dols-2' };
    expect((await dols.ask('POST', `/requests/${id}/confirm-entered-in-error`, {}, other)).body).toMatchObject({ status: 'entered-in-error' });
  });

  it('is read by its authority alone, and every reading is recorded', async () => {
    const { id } = await ask();
    expect((await dols.ask('GET', `/requests/${id}`, undefined, { as: 'staff-dols-north-1' })).status).toBe(404);
    expect((await dols.ask('GET', `/requests/${id}`, undefined, as('staff-bia-1'))).body).toEqual((await dols.ask('GET', `/requests/${v7()}`)).body);
    expect((await dols.ask('GET', `/requests/${id}`, undefined, { 'caseward-why': 'call' })).status).toBe(200);
    expect(await rows('select actor, why, why_text is not null as said from read_audit where $1 = any(record_ids)', id)).toEqual([{ actor: 'staff-dols-1', why: null, said: true }]);
  });

  it('is exported for whom it is about, joined ones included, with what is others’ flagged', async () => {
    const [one, other] = [v7(), v7()];
    const [first, second] = [await ask(), await ask()];
    for (const [{ id }, person] of [[first, one], [second, other]] as const) {
      await publish('safeguarding.person.identified.v1', person, { recordId: id, recordKind: 'dols_request', ageBand: '75-84', under18: false });
      while ((await rows('select person_id from dols_request where id = $1', id))[0]?.person_id !== person) await sleep(20);
    }
    await publish('safeguarding.person.joined.v1', other, { into: one });
    while ((await rows('select 1 from alias where person_id = $1', other)).length === 0) await sleep(20);
    const steppedUp = async (id: string) => ({ authorization: `Bearer ${await dols.issuer.person(id, { claims: { acrs: [STEP_UP] } })}` });
    const held = async (who: string, path = '', body: object = { person: one }) => dols.ask('POST', `/subject-access${path}`, { ...body, why: 'A request of theirs.' }, await steppedUp(who));
    const { body } = await held('staff-data-1');
    expect([...new Set((body['entries'] as { recordId: string }[]).map(({ recordId }) => recordId))].toSorted()).toEqual([first.id, second.id].toSorted());
    expect(body).toMatchObject({ next: null, entries: expect.arrayContaining([
      expect.objectContaining({ service: 'dols', what: 'Request received: managing authority', words: 'Willow House', thirdParty: expect.stringContaining('who raised it') }),
      expect.objectContaining({ what: 'Request received: setting', words: 'care home nursing', thirdParty: null }),
    ]) });
    expect((await held('staff-data-north-1')).body).toEqual({ entries: [], next: null });
    expect((await held('staff-dols-1')).status).toBe(403);
    expect((await held('staff-data-1', '/find', { reference: first.body['reference'] })).body).toEqual({ items: [{ id: first.id, reference: first.body['reference'], personId: one }] });
    expect(await rows(`select cardinality(record_ids) as records from read_audit where what = 'subject access' order by id`)).toEqual([{ records: 2 }, { records: 1 }]);
  });

  it('waits in its band, and a wait too long is a duty', async () => {
    const north = { authority: 'E06000061', receivedAt: '2026-01-05T09:00:00Z' };
    const actor = as('staff-dols-north-1');
    const old = await ask(north, actor);
    const low = await ask({ ...north, receivedAt: '2026-01-01T09:00:00Z' }, actor);
    await dols.ask('POST', `/requests/${low.id}/prioritise`, { band: 'low', reason: 'settled' }, { 'if-match': low.etag, ...actor });
    const { body } = await dols.ask('GET', '/queue?authority=E06000061', undefined, actor);
    expect(body).toMatchObject({ total: 2, page: 1, items: [{ id: old.id, band: null, breached: true, longestWaitDays: 2 }, { id: low.id, band: 'low' }] });
    const oldest = await dols.ask('GET', '/queue?authority=E06000061&sort=receivedAt&direction=asc', undefined, actor);
    expect(oldest.body['items']).toMatchObject([{ id: low.id }, { id: old.id }]);
    expect((await dols.ask('GET', '/queue?authority=E06000061&band=low&kind=renewal', undefined, actor)).body).toMatchObject({ total: 0, items: [] });
    const duties = await dols.ask('GET', '/duties?authority=E06000061&code=longest_wait_passed', undefined, actor);
    expect(duties.body['items']).toMatchObject([{ requestId: old.id, owedBy: 'dols_duty_officer', since: '2026-01-08' }, { requestId: low.id }]);
  });
});
