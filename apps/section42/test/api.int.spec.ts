import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { migrate } from '#libs/journal';
import { STEP_UP } from '#libs/identity';
import { connectBroker, setUpStreams } from '#libs/messaging';
import { Database, Lifecycle, makeService } from '#libs/platform';
import { type TestBroker, testBroker, type TestDatabase, testDatabase, TestIssuer } from '#libs/testing';
import { enquiryIdOf } from '../src/enquiry/application/enquiries.js';
import { migrations } from '../src/migrations/index.js';
import { aDecision, aReopening, type FromTriageMessage } from './a-section42.js';

const folder = mkdtempSync(join(tmpdir(), 'caseward-section42-'));
let database: TestDatabase;
let broker: TestBroker;
let triage: NatsConnection;
let app: NestFastifyApplication;
let issuer: TestIssuer;

beforeAll(async () => {
  [database, broker, issuer] = await Promise.all([testDatabase(), testBroker(), TestIssuer.start()]);
  await migrate({ url: database.url('section42', 'migrate'), schema: 'section42', migrations });
  await setUpStreams({ url: broker.url, ...broker.login('set-up') }, { maxBytes: 2 ** 26 });
  triage = await connectBroker({ url: broker.url, ...broker.login('triage') }, 'triage');
  const { user, password } = broker.login('section42');
  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, Buffer.alloc(32, 7).toString('base64'));
  Object.assign(process.env, {
    ...issuer.environment,
    SERVICE_NAME: 'section42', PORT: '0', LOG_LEVEL: 'silent', KEY_FILE: keyFile, SEAL_FILE: join(folder, 'seals.jsonl'), TRIAGE_URL: 'http://127.0.0.1:9', RECORDS_AN_HOUR: '2',
    DATABASE_APP_URL: database.url('section42', 'app'), DATABASE_RELAY_URL: database.url('section42', 'relay'),
    DATABASE_MAINTAIN_URL: database.url('section42', 'maintain'), NATS_URL: broker.url, NATS_USER: user, NATS_PASSWORD: password,
  });
  const { config } = await import('../src/config.js');
  const { Section42Module } = await import('../src/section42.module.js');
  app = await makeService(Section42Module, config);
  await app.init();
  await app.get(Lifecycle).takeMessages(app);
});

afterAll(async () => {
  await app?.close();
  issuer?.close();
  await triage?.close();
  await Promise.all([database?.close(), broker?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  status: number;
  etag: string | undefined;
  body: Record<string, unknown>;
}

async function ask(method: 'GET' | 'POST', url: string, given: { as?: string; seen?: string | undefined; why?: string; body?: object; steppedUp?: boolean } = {}): Promise<Answer> {
  const { as = 'staff-manager-1', seen, why, body, steppedUp = false } = given;
  const who = steppedUp ? { authorization: `Bearer ${await issuer.person(as, { claims: { acrs: [STEP_UP] } })}` } : await issuer.as(as);
  const headers = { ...who, ...(seen ? { 'if-match': seen } : {}), ...(why ? { 'caseward-why': why } : {}) };
  const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
  return { status: answer.statusCode, etag: answer.headers['etag'] as string | undefined, body: answer.json() as Answer['body'] };
}

async function tell(message: Pick<FromTriageMessage, 'id'> & { type: string }): Promise<number> {
  return (await jetstream(triage).publish(message.type, JSON.stringify(message), { msgID: message.id })).seq;
}

/** A section 42 enquiry that a decision has just opened. */
async function opened(): Promise<{ id: string; concernId: string; etag: string }> {
  const concernId = randomUUID();
  await tell(aDecision(concernId));
  const id = enquiryIdOf(concernId);
  for (let tries = 0; tries < 500; tries += 1, await pause(20)) {
    const { status, etag } = await ask('GET', `/enquiries/${id}`);
    if (status === 200) return { id, concernId, etag: etag! };
  }
  throw new Error('the enquiry did not open');
}

const every = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => app.get(Database).seeing('every').query<Row[]>(sql, values);
const eventually = async (isSo: () => Promise<boolean>) => {
  for (let tries = 0; tries < 500; tries += 1, await pause(20)) if (await isSo()) return;
  throw new Error('it never came to that');
};
/** What triage tells, once it was taken. */
const restrict = async (concernId: string, openTo: string[], sequence: number) => {
  await tell({ ...aDecision(concernId), sequence, type: 'safeguarding.concern.restricted.v1', data: { openTo } } as never);
  await eventually(async () => (await every('select from restriction where record_id = $1 and sequence = $2 and named = any($3)', enquiryIdOf(concernId), sequence, openTo)).length === openTo.length);
};

const allocation = { worker: 'staff-worker-1', team: 'community_north' };
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
    expect(await app.get(Database).seeing('every').query(`select actor, what, why, why_text is not null as said from read_audit where record_ids = array[$1::uuid] order by id desc limit 1`, [id])).toEqual([
      { actor: 'staff-worker-2', what: 'enquiry', why: null, said: true },
    ]);
  });
});

describe('who read what', () => {
  const asAuditor = { as: 'staff-auditor-1' };
  const everything = 'from=2000-01-01T00:00:00Z&until=2999-01-01T00:00:00Z';

  it('is for the auditors of the council, page by page, and their own reading is among it', async () => {
    const { id } = await opened();
    await ask('GET', `/enquiries/${id}`, { as: 'staff-worker-2', why: 'cover' });
    const [first] = (await ask('GET', `/readings?record=${id}&who=staff-worker-2`, asAuditor)).body['items'] as unknown[];
    expect(first).toEqual({ id: expect.any(Number), at: expect.any(String), who: 'staff-worker-2', what: 'enquiry', why: 'cover', records: [id] });
    const { items, next } = (await ask('GET', `/readings?record=${id}&limit=1`, asAuditor)).body as { items: unknown[]; next: number };
    expect(items).toMatchObject([{ who: 'staff-auditor-1', what: 'readings', records: [id] }]);
    expect((await ask('GET', `/readings?record=${id}&limit=1&after=${next}`, asAuditor)).body['items']).toMatchObject([{ who: 'staff-worker-2' }]);
    expect((await ask('GET', `/readings?record=${id}&until=2000-01-01T00:00:00Z`, asAuditor)).body).toEqual({ items: [], next: null });
    for (const path of [`/readings?record=${id}`, '/readings']) expect((await ask('GET', path, { as: 'staff-auditor-north-1' })).body['items']).not.toContainEqual(expect.objectContaining({ who: 'staff-worker-2' }));
    for (const as of ['staff-manager-1', 'staff-administrator-1', 'staff-board-1']) expect((await ask('GET', '/readings', { as })).status).toBe(403);
  });

  it('has a row for each page of a queue, with the records that it showed', async () => {
    const { id } = await opened();
    const shown = ((await ask('GET', '/queue?sort=openedAt&direction=desc')).body['items'] as { id: string }[]).map((item) => item.id);
    expect(shown).toContain(id);
    const [read] = (await ask('GET', `/readings?record=${id}&who=staff-manager-1`, asAuditor)).body['items'] as { records: string[] }[];
    expect(read).toMatchObject({ what: 'queue', records: expect.arrayContaining(shown) });
  });

  it('is told as odd where somebody opens many records within an hour, or such as they never do anything about', async () => {
    const records = [await opened(), await opened(), await opened()];
    for (const { id } of records) await ask('GET', `/enquiries/${id}`, { as: 'staff-worker-2' });
    const { id, etag } = records[0]!;
    await ask('GET', `/enquiries/${id}`, { as: 'staff-manager-1' });
    expect((await ask('POST', `/enquiries/${id}/allocate`, { seen: etag, body: allocation })).status).toBe(200);
    const { body } = await ask('GET', `/readings/odd?${everything}`, asAuditor);
    expect(body).toMatchObject({ moreThan: 2, manyInAnHour: expect.arrayContaining([{ who: 'staff-worker-2', hour: expect.stringMatching(/:00:00/), records: expect.any(Number) }]) });
    const without = body['withoutActing'] as { who: string; records: number }[];
    const [counted]: { count: number }[] = await app.get(Database).seeing('every').query(
      `select count(distinct record_ids[1]) from read_audit where actor = 'staff-manager-1' and cardinality(record_ids) = 1 and not record_ids[1] = any(select record_id from journal where actor = 'staff-manager-1')`,
    );
    expect(without.find(({ who }) => who === 'staff-worker-2')!.records).toBeGreaterThanOrEqual(3);
    expect(without.find(({ who }) => who === 'staff-manager-1')?.records ?? 0).toBe(counted!.count);
    expect((await ask('GET', '/readings/odd?from=yesterday&until=today', asAuditor)).status).toBe(400);
  });
});

describe('what is held of somebody’s enquiries', () => {
  it('is told by their concerns, to a data manager of the council alone, with what is others’ flagged', async () => {
    const { id, concernId, etag } = await opened();
    const other = await opened();
    await ask('POST', `/enquiries/${id}/allocate`, { seen: etag, body: allocation });
    const held = (as: string, concerns: string[], steppedUp = true) => ask('POST', '/subject-access', { as, steppedUp, body: { person: randomUUID(), concerns, why: 'A request of theirs.' } });
    const { body } = await held('staff-data-1', [concernId, randomUUID()]);
    expect(body).toMatchObject({ next: null, entries: expect.arrayContaining([
      expect.objectContaining({ service: 'section42', record: 'enquiry', recordId: id, reference: expect.stringMatching(/^SE-/), what: 'Enquiry opened: kind', words: 's42', thirdParty: null }),
      expect.objectContaining({ what: 'Enquiry allocated: worker', words: allocation.worker, thirdParty: expect.stringContaining('works for the council') }),
    ]) });
    expect(JSON.stringify(body)).not.toContain(other.id);
    expect((await held('staff-data-1', [])).body).toEqual({ entries: [], next: null });
    expect((await held('staff-data-north-1', [concernId])).body).toEqual({ entries: [], next: null });
    expect([(await held('staff-manager-1', [concernId])).status, (await held('staff-data-1', [concernId], false)).status]).toEqual([403, 401]);
    const restricted = { ...aDecision(concernId), sequence: 2, type: 'safeguarding.concern.restricted.v1', data: { openTo: ['staff-manager-2'] } };
    await tell(restricted as unknown as FromTriageMessage);
    while ((await ask('GET', `/enquiries/${id}`)).status !== 404) await pause(20);
    expect((await held('staff-data-1', [concernId])).body).toEqual({ entries: [], next: null });
  });
});

describe('an enquiry whose concern is restricted', () => {
  const named = ['staff-manager-1', 'staff-worker-1'];
  const allocate = (id: string, seen: string, worker: string) => ask('POST', `/enquiries/${id}/allocate`, { seen, body: { ...allocation, worker } });

  it('is given to nobody who could not open it', async () => {
    const { id, concernId, etag } = await opened();
    await restrict(concernId, named, 2);
    expect(await allocate(id, etag, 'staff-worker-2')).toMatchObject({ status: 409, body: { code: 'enquiry/worker-not-named' } });
    const given = await allocate(id, etag, 'staff-worker-1');
    expect(given.status).toBe(200);
    const again = { ...allocation, worker: 'staff-worker-2', reason: 'moved house' };
    expect(await ask('POST', `/enquiries/${id}/reallocate`, { seen: given.etag!, body: again })).toMatchObject({ status: 409, body: { code: 'enquiry/worker-not-named' } });
    await restrict(concernId, [...named, 'staff-worker-2'], 3);
    expect((await ask('POST', `/enquiries/${id}/reallocate`, { seen: given.etag!, body: again })).status).toBe(200);
  });

  it('is told to auditors as opened by a broken glass, with what was given as the reason here', async () => {
    const { id, concernId } = await opened();
    await restrict(concernId, named, 2);
    await tell({ ...aDecision(concernId), sequence: 3, type: 'safeguarding.concern.glass-broken.v1', data: { by: 'staff-worker-2', until: '2999-01-01T00:00:00.000000Z' } } as never);
    await eventually(async () => (await ask('GET', `/enquiries/${id}`, { as: 'staff-worker-2', why: 'cover' })).status === 200);
    await ask('GET', `/enquiries/${id}`, { as: 'staff-worker-1' });
    const { items } = (await ask('GET', `/readings?record=${id}`, { as: 'staff-auditor-1' })).body as { items: object[] };
    expect(items).toContainEqual(expect.objectContaining({ who: 'staff-worker-2', what: 'enquiry by a broken glass', why: 'cover' }));
    expect(items).toContainEqual(expect.objectContaining({ who: 'staff-worker-1', what: 'enquiry' }));
  });
});

describe('a message that was set aside and is about a restricted concern', () => {
  const aManager = { as: 'staff-data-1' };
  const listed = async (as = 'staff-data-1') => ((await ask('GET', '/dead-letters', { as })).body['items'] as { id: string }[]).map(({ id }) => id);
  const read = (id: string, as = 'staff-data-1') => ask('GET', `/dead-letters/${encodeURIComponent(id)}`, { as });
  /** As if it had failed too often. */
  const setAside = async (message: { id: string; type: string }, about?: string) => {
    // Claimed, so that no delivery takes it.
    await every('insert into inbox (message_id) values ($1)', message.id);
    await every(`insert into dead_letter (message_id, stream, stream_sequence, type, error_class, attempts, record_id) values ($1, 'triage', $2, $3, 'Error', 8, $4)`, message.id, await tell(message), message.type, about ?? null);
  };

  it('is there for whom the concern is open to, and for nobody else: neither in the list nor by its id', async () => {
    const concernId = randomUUID();
    const decision = aDecision(concernId);
    await restrict(concernId, ['staff-manager-1'], 2);
    await setAside(decision, enquiryIdOf(concernId));
    expect(await listed()).not.toContain(decision.id);
    expect((await read(decision.id)).body).toEqual((await read(`${randomUUID()}:v1`)).body);
    await restrict(concernId, ['staff-data-1', 'staff-manager-1'], 3);
    expect(await listed()).toContain(decision.id);
    expect((await read(decision.id)).body).toMatchObject({ contract: { subject: concernId } });
    expect((await ask('GET', '/dead-letters', { as: 'staff-data-north-1' })).body['items']).not.toContainEqual(expect.objectContaining({ id: decision.id }));
  });

  it('is hidden by what it says, where nobody kept what it is about', async () => {
    const concernId = randomUUID();
    const decision = aDecision(concernId);
    await restrict(concernId, ['staff-manager-1'], 2);
    await setAside(decision);
    expect((await read(decision.id)).status).toBe(404);
  });

  it('is hidden as well where it cannot be read, and can be sent again by whoever knows of it', async () => {
    const concernId = randomUUID();
    await restrict(concernId, ['staff-manager-1'], 2);
    const broken = { ...aDecision(concernId), data: {} };
    await tell(broken);
    await eventually(async () => (await every('select from dead_letter where message_id = $1 and record_id = $2', broken.id, enquiryIdOf(concernId))).length === 1);
    expect(await listed()).not.toContain(broken.id);
    expect((await read(broken.id)).status).toBe(404);
    expect((await ask('POST', `/dead-letters/${encodeURIComponent(broken.id)}/resend`, { ...aManager, body: { reason: 'mended' } })).body).toMatchObject({ outcome: 'failed_again', errorClass: 'ZodError' });
  });

  it('is for those whom it names where it is the restriction itself', async () => {
    const restriction = { ...aDecision(randomUUID()), sequence: 2, type: 'safeguarding.concern.restricted.v1', data: { openTo: ['staff-manager-1'] } };
    const lifted = { ...restriction, id: `${randomUUID()}:v1`, data: { openTo: [] } };
    const glass = { ...restriction, id: `${randomUUID()}:v1`, type: 'safeguarding.concern.glass-broken.v1', data: { by: 'staff-worker-1', until: '2020-01-01T00:00:00.000000Z' } };
    for (const one of [restriction, lifted, glass]) await setAside(one);
    expect([await read(restriction.id), await read(lifted.id), await read(glass.id)].map(({ status }) => status)).toEqual([404, 200, 404]);
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
        { id: first.id, concernId: first.concernId, reference: expect.stringMatching(/^SE-/), authority: 'E06000062', kind: 's42', openedAt: '2025-06-01T09:00:00.000000Z', waitingDays: expect.any(Number) },
      ]),
    });
    await ask('POST', `/enquiries/${second.id}/allocate`, { seen: second.etag, body: allocation });
    expect(await total()).toBe(before - 1);
    expect((await ask('GET', '/queue?authority=E06000061', { as: 'staff-manager-north-1' })).body).toMatchObject({ total: 0, items: [] });
    expect((await ask('GET', '/queue?page=9')).body).toMatchObject({ total: before - 1, items: [] });
    expect((await ask('GET', '/queue?sort=name')).status).toBe(400);
  });
});
