import 'reflect-metadata';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { v7 } from 'uuid';
import { migrate, Vault, Words } from '#libs/journal';
import { setUpStreams } from '#libs/messaging';
import { Checks, Clock, Database, makeService } from '#libs/platform';
import { type TestBroker, testBroker, type TestDatabase, testDatabase, TestIssuer } from '#libs/testing';
import { Enquiries, enquiryIdOf, enquiryReferenceOf } from '../src/enquiry/application/enquiries.js';
import type { EnquiryCommand } from '../src/enquiry/domain/enquiry.js';
import { migrations } from '../src/migrations/index.js';

const authority = 'E06000062';
const [one, another] = ['staff-data-1', 'staff-data-2'];
const folder = mkdtempSync(join(tmpdir(), 'caseward-section42-'));
let database: TestDatabase;
let broker: TestBroker;
let issuer: TestIssuer;
let app: NestFastifyApplication;
let triage: Server;
/** The concerns that triage keeps under a legal hold; undefined: it answers nothing. */
let onHold: string[] | undefined = [];

beforeAll(async () => {
  triage = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part)).on('end', () => {
      const { concernIds } = JSON.parse(body) as { concernIds: string[] };
      if (onHold === undefined) response.statusCode = 500;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ concernIds: concernIds.filter((id) => onHold?.includes(id)) }));
    });
  });
  await new Promise<void>((listening) => triage.listen(0, '127.0.0.1', listening));
  [database, broker, issuer] = await Promise.all([testDatabase(), testBroker(), TestIssuer.start()]);
  await migrate({ url: database.url('section42', 'migrate'), schema: 'section42', migrations });
  await setUpStreams({ url: broker.url, ...broker.login('set-up') }, { maxBytes: 2 ** 26 });
  const { user, password } = broker.login('section42');
  writeFileSync(join(folder, 'key'), Buffer.alloc(32, 7).toString('base64'));
  Object.assign(process.env, {
    ...issuer.environment, SERVICE_NAME: 'section42', PORT: '0', LOG_LEVEL: 'silent', KEY_FILE: join(folder, 'key'), SEAL_FILE: join(folder, 'seals.jsonl'), TRIAGE_URL: `http://127.0.0.1:${(triage.address() as AddressInfo).port}`, INVENTED_STAFF: 'true',
    DATABASE_APP_URL: database.url('section42', 'app'), DATABASE_RELAY_URL: database.url('section42', 'relay'),
    DATABASE_MAINTAIN_URL: database.url('section42', 'maintain'), NATS_URL: broker.url, NATS_USER: user, NATS_PASSWORD: password,
  });
  const { config } = await import('../src/config.js');
  const { Section42Module } = await import('../src/section42.module.js');
  app = await makeService(Section42Module, config);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
}, 60_000);

afterAll(async () => {
  await app?.close();
  issuer?.close();
  triage?.close();
  triage?.closeAllConnections();
  await Promise.all([database?.close(), broker?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function ask(method: 'GET' | 'POST', url: string, { as = one, seen, body }: { as?: string; seen?: string; body?: object } = {}): Promise<Answer> {
  const headers = { ...(await issuer.as(as)), ...(seen ? { 'if-match': seen } : {}) };
  const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
  return { status: answer.statusCode, body: answer.json() as Answer['body'] };
}

const query = <Row>(sql: string, parameters?: unknown[]): Promise<Row[]> => app.get(Database).seeing('every').query(sql, parameters);
const count = async (table: string, id: string): Promise<number> => (await query<{ n: number }>(`select count(*)::int as n from ${table} where record_id = $1`, [id]))[0]!.n;

/** Takes what would have been told or imported then. */
async function take(recordId: string, make: (words: Words) => EnquiryCommand, of = authority): Promise<void> {
  const words = new Words(app.get(Vault));
  const command = make(words);
  await app.get(Database).transaction([of], (tx) => app.get(Enquiries).handle(tx, { recordId, command, words, context: { authority: of, actor: null, recordedAt: app.get(Clock).now() } }));
}

/** An enquiry that an old system concluded on that day, with words. */
async function concludedOn(day: string, { of = authority, isConcluded = true } = {}): Promise<{ id: string; concernId: string }> {
  const concernId = v7();
  const [id, at] = [enquiryIdOf(concernId), `${day}T09:00:00.000000Z`];
  await take(id, (words) => ({
    type: 'ImportEnquiry', at, concernId, kind: 's42', decision: 1, reference: `OLD-${concernId}`, conductedBy: 'local_authority', allocationInWords: words.keep('An invented worker, team North.'),
    outcomesAsked: 'not_asked', outcomesAchieved: null, mentalCapacity: 'has_capacity', advocate: null, riskOutcome: 'reduced', allocatedAt: at, concludedAt: isConcluded ? at : null,
  }), of);
  return { id, concernId };
}

const due = async (as = one) => (await ask('GET', '/retention/due?limit=200', { as })).body['items'] as { id: string; onHold: boolean; proposedBy: string | null }[];
const act = async (id: string, what: string, as: string, body: object = {}): Promise<Answer> =>
  ask('POST', `/enquiries/${id}/${what}`, { as, seen: `"${(await query<{ sequence: number }>('select sequence from enquiry where id = $1', [id]))[0]!.sequence}"`, body });

/** What verifying finds in the story, its seals and what follows from it. */
async function found(): Promise<string[]> {
  const what: string[] = [];
  for (const check of app.get(Checks).all.filter(({ name }) => ['chain', 'seal', 'audit', 'keys', 'read-tables'].includes(name))) {
    for await (const finding of check.run()) what.push(`${check.name}: ${finding.what}`);
  }
  return what;
}

describe('enquiries whose retention has ended', () => {
  it('are listed for a data manager of their council, and for nobody else', async () => {
    const [old, recent, there] = [await concludedOn('2015-05-01'), await concludedOn('2026-05-01'), await concludedOn('2015-05-01', { of: 'E06000061' })];
    const going = await concludedOn('2015-05-01', { isConcluded: false });
    const ids = (await due()).map(({ id }) => id);
    expect(ids).toContain(old.id);
    for (const { id } of [recent, there, going]) expect(ids).not.toContain(id);
    expect((await due('staff-data-north-1')).map(({ id }) => id)).toEqual([there.id]);
    for (const as of ['staff-triage-1', 'staff-manager-1', 'staff-auditor-1', 'staff-administrator-1']) expect((await ask('GET', '/retention/due', { as })).status).toBe(403);
    const [read] = await query<{ records: string[] }>(`select record_ids as records from read_audit where actor = $1 and what = 'enquiries due for disposal' order by id desc limit 1`, [one]);
    expect(read!.records).toContain(old.id);
    expect((await ask('GET', '/retention/rules')).body).toMatchObject({ rules: [{ class: 'enquiry', years: 6, source: expect.any(String) }, { class: 'entered_in_error' }] });
  });

  it('are looked at one by one, in codes, by their id or by what they are called', async () => {
    const { id, concernId } = await concludedOn('2015-05-02');
    const review = { id, status: 'concluded', isDue: true, onHold: false, proposedBy: null, codes: { kind: 's42', concernId }, retention: { class: 'enquiry', dueOn: '2021-05-03' }, permitted: ['PlaceLegalHold', 'ProposeDisposal'] };
    expect((await ask('GET', `/enquiries/${id}/retention`)).body).toMatchObject(review);
    expect((await ask('POST', '/retention/find', { body: { reference: `OLD-${concernId}` } })).body).toMatchObject({ items: [review] });
    expect((await ask('POST', '/retention/find', { as: 'staff-data-north-1', body: { reference: `OLD-${concernId}` } })).body).toEqual({ items: [] });
    expect((await ask('GET', `/enquiries/${id}/retention`, { as: 'staff-data-north-1' })).status).toBe(404);
    const going = await concludedOn('2015-05-02', { isConcluded: false });
    expect((await ask('GET', `/enquiries/${going.id}/retention`)).body).toMatchObject({ isDue: false, retention: null, permitted: ['PlaceLegalHold'] });
    expect(await query(`select 1 from read_audit where actor = $1 and what = 'retention of an enquiry' and record_ids = $2`, [one, [id]])).toHaveLength(2);
  });

  it('go by two people: words and key for good, while the story, its seals and the measures stay whole', async () => {
    const { id, concernId } = await concludedOn('2015-06-01');
    expect([await count('narrative', id), await count('record_key', id)]).toEqual([1, 1]);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await due()).find((row) => row.id === id)).toMatchObject({ proposedBy: one, onHold: false });
    expect((await act(id, 'disposal/confirm', one)).body).toMatchObject({ code: 'enquiry/second-person-required' });
    const before = await count('journal', id);
    expect((await act(id, 'disposal/confirm', another)).body).toEqual({ id, sequence: expect.any(Number), status: 'disposed', onHold: false });
    expect([await count('narrative', id), await count('record_key', id), await count('journal', id)]).toEqual([0, 0, before + 1]);
    expect(await query('select status, worker, team, concern_id from enquiry where id = $1', [id])).toEqual([{ status: 'disposed', worker: null, team: null, concern_id: concernId }]);
    // Nothing is told of it: what the measures know stays.
    expect(await query(`select 1 from outbox join journal using (position) where record_id = $1 and type = 'EnquiryDisposed'`, [id])).toEqual([]);
    expect((await due()).map((row) => row.id)).not.toContain(id);
    expect((await ask('GET', `/enquiries/${id}/retention`)).body).toMatchObject({ status: 'disposed', isDue: false, permitted: [] });
    expect(await found()).toEqual([]);
    expect((await act(id, 'reopen', 'staff-manager-1', { reason: 'More came.' })).body).toMatchObject({ code: 'enquiry/disposed' });
    const { status, body } = await ask('POST', '/internal/enquiries/disposed', { as: 'triage', body: { concernIds: [concernId, v7()] } });
    expect([status, body]).toEqual([200, { enquiries: [{ concernId, enquiryId: id, isDisposed: true, onHold: false }] }]);
    expect((await ask('POST', '/internal/enquiries/disposed', { as: one, body: { concernIds: [concernId] } })).status).toBe(403);
  });

  it('are opened again by another decision on their concern, with a key of their own', async () => {
    const { id, concernId } = await concludedOn('2015-06-02');
    await act(id, 'disposal/propose', one);
    await act(id, 'disposal/confirm', another);
    await take(id, () => ({ type: 'OpenEnquiry', at: app.get(Clock).now(), concernId, kind: 's42', decision: 2, reference: enquiryReferenceOf(concernId), legacy: false }));
    expect((await act(id, 'allocate', 'staff-manager-1', { worker: 'staff-worker-1', team: 'team-1' })).status).toBe(200);
    expect((await act(id, 'plan', 'staff-manager-1', { outcomesAsked: 'not_asked', words: 'Nobody could ask. (Invented.)' })).status).toBe(200);
    expect([await count('narrative', id), await count('record_key', id), await found()]).toEqual([1, 1, []]);
  });

  it('stay while a legal hold is on them', async () => {
    const { id } = await concludedOn('2015-07-01');
    expect((await act(id, 'legal-hold', one, { held: true })).status).toBe(409);
    // Nothing that is in it, which they may not read.
    expect((await act(id, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' })).body).toEqual({ id, sequence: expect.any(Number), status: 'concluded', onHold: true });
    expect((await due()).find((row) => row.id === id)).toMatchObject({ onHold: true });
    const held = async () => (await ask('GET', '/retention/held')).body;
    expect(await held()).toEqual({ items: [{ id, reference: expect.stringMatching(/^OLD-/), status: 'concluded', heldBy: one, heldSince: expect.any(String) }], next: null });
    expect((await ask('GET', `/enquiries/${id}/retention`, { as: another })).body).toMatchObject({ heldBy: one, heldSince: expect.any(String), holdReason: 'A notice of an inquiry.' });
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'enquiry/on-hold' });
    await act(id, 'legal-hold', one, { held: false, reason: 'It is over.' });
    expect(await held()).toEqual({ items: [], next: null });
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/decline', another, { reason: 'Still wanted.' })).status).toBe(200);
    expect((await due()).find((row) => row.id === id)).toMatchObject({ proposedBy: null, onHold: false });
  });

  it('stay while their concern is on hold, and while nobody can say whether it is', async () => {
    const { id, concernId } = await concludedOn('2015-07-02');
    for (const [held, heldWith, code] of [[[concernId], 'yes', 'enquiry/held-with'], [undefined, 'not_known', 'enquiry/hold-not-known']] as const) {
      onHold = held && [...held];
      expect((await ask('GET', `/enquiries/${id}/retention`)).body).toMatchObject({ isDue: true, onHold: false, heldWith, permitted: ['PlaceLegalHold'] });
      expect((await due()).find((row) => row.id === id)).toMatchObject({ heldWith });
      expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code });
    }
    onHold = [];
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    onHold = [concernId];
    expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ code: 'enquiry/held-with' });
    onHold = undefined;
    expect((await act(id, 'disposal/decline', another, { reason: 'Still wanted.' })).status).toBe(200);
    onHold = [];
  });

  it('tell those who keep concerns which of them are on hold', async () => {
    const { id, concernId } = await concludedOn('2015-07-03');
    const asked = () => ask('POST', '/internal/enquiries/disposed', { as: 'triage', body: { concernIds: [concernId] } });
    await act(id, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' });
    expect((await asked()).body).toEqual({ enquiries: [{ concernId, enquiryId: id, isDisposed: false, onHold: true }] });
    await act(id, 'legal-hold', one, { held: false, reason: 'It is over.' });
    expect((await asked()).body).toMatchObject({ enquiries: [{ onHold: false }] });
  });

  it('are no business of another council, nor of whoever makes enquiries', async () => {
    const { id } = await concludedOn('2015-08-01');
    expect((await act(id, 'disposal/propose', 'staff-data-north-1')).status).toBe(404);
    expect((await act(id, 'disposal/propose', 'staff-manager-1')).status).toBe(403);
    expect((await act(id, 'legal-hold', 'staff-manager-1', { held: true, reason: 'An inquiry.' })).status).toBe(403);
  });

  it('are not those that go on or that were only just concluded', async () => {
    expect((await act((await concludedOn('2015-01-01', { isConcluded: false })).id, 'disposal/propose', one)).body).toMatchObject({ code: 'enquiry/no-retention' });
    expect((await act((await concludedOn('2026-05-01')).id, 'disposal/propose', one)).body).toMatchObject({ code: 'enquiry/not-due' });
  });
});
