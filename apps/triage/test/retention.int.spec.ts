import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 } from 'uuid';
import { Vault, Words } from '#libs/journal';
import { Checks, Clock, Database } from '#libs/platform';
import { Concerns } from '../src/concern/application/concerns.js';
import { FileContents } from '../src/concern/adapters/files/file-contents.js';
import type { AddFile, ImportConcern } from '../src/concern/domain/concern.js';
import { legacyLimbs } from '../src/concern/domain/three-limbs.js';
import { ATriage, officer } from './a-triage.js';

const authority = 'E06000062';
const [one, another] = ['staff-data-1', 'staff-data-2'];
const limbs = legacyLimbs({ needs: 'yes', risk: 'no', unable: null });
const allYes = legacyLimbs({ needs: 'yes', risk: 'yes', unable: 'yes' });

let triage: ATriage;
let section42: Server;
/** The concerns whose enquiries section42 has disposed of; undefined: it answers nothing. */
let gone: string[] | undefined = [];
let heldEnquiries: string[] = [];
beforeAll(async () => {
  section42 = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part)).on('end', () => {
      const { concernIds } = JSON.parse(body) as { concernIds: string[] };
      if (gone === undefined) response.statusCode = 503;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ enquiries: concernIds.map((concernId) => ({ concernId, enquiryId: v7(), isDisposed: gone?.includes(concernId) ?? false, onHold: heldEnquiries.includes(concernId) })) }));
    });
  });
  await new Promise<void>((listening) => section42.listen(0, '127.0.0.1', listening));
  triage = await ATriage.make(0, { SECTION42_URL: `http://127.0.0.1:${(section42.address() as AddressInfo).port}` });
}, 60_000);
afterAll(async () => {
  await triage?.close();
  section42?.close();
  section42?.closeAllConnections();
});

/** A concern that an old system decided on that day, with words. */
async function closedOn(day: string, of = authority, isEnquiry = false): Promise<string> {
  const [recordId, at] = [v7(), `${day}T09:00:00.000000Z`];
  const words = new Words(triage.app.get(Vault));
  const came = isEnquiry ? ({ outcome: 's42_enquiry', limbs: allYes, notSafeguardingReason: null } as const) : ({ outcome: 'no_further_action', limbs, notSafeguardingReason: 'care_needs_only' } as const);
  const decision = { at, reason: words.keep('Care needs only.'), decidedByInWords: null, ...came };
  const command: ImportConcern = {
    type: 'ImportConcern', at, reference: `OLD-${recordId}`, account: words.keep('Words of an invented neighbour.'), person: { personId: v7(), ageBand: '75-84' }, decision,
    channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null,
  };
  await triage.app.get(Database).transaction([of], (tx) => triage.app.get(Concerns).handle(tx, { recordId, command, words, context: { authority: of, actor: null, recordedAt: triage.app.get(Clock).now() } }));
  return recordId;
}

/** A file that came with it then. */
async function addFile(recordId: string, at: string): Promise<void> {
  const [database, contents, words] = [triage.app.get(Database), triage.app.get(FileContents), new Words(triage.app.get(Vault))];
  const place = { fileId: v7(), recordId, authority };
  const key = await database.transaction([authority], (tx) => contents.begin(tx, place, at));
  const sent = async function* () { yield Buffer.from('Notes of an invented neighbour.'); };
  const bytes = await contents.keep(database.seeing([authority]), place, { key, content: sent() });
  const command: AddFile = { type: 'AddFile', at, by: 'staff-triage-1', fileId: place.fileId, kind: 'text', bytes, name: words.keep('notes.txt'), most: 1, letInBy: 'account' };
  await database.transaction([authority], async (tx) => {
    await triage.app.get(Concerns).handle(tx, { recordId, command, words, context: { authority, actor: 'staff-triage-1', recordedAt: triage.app.get(Clock).now() } });
    await contents.isWhole(tx, place, at);
  });
}

interface Due {
  id: string;
  sequence: number;
  onHold: boolean;
  proposedBy: string | null;
}
const due = async (as = one): Promise<Due[]> => (await triage.ask('GET', '/retention/due?limit=200', { as })).body['items'] as Due[];
const seen = async (id: string): Promise<string> => `"${(await triage.query<{ sequence: number }>('select sequence from concern where id = $1', [id]))[0]!.sequence}"`;
const act = async (id: string, what: string, as: string, body: object = {}) => triage.ask('POST', `/concerns/${id}/${what}`, { as, seen: await seen(id), body });
const count = async (table: string, id: string): Promise<number> => (await triage.query<{ n: number }>(`select count(*)::int as n from ${table} where record_id = $1`, [id]))[0]!.n;

/** What verifying finds in the story, its seals and what follows from it. */
async function found(): Promise<string[]> {
  const what: string[] = [];
  for (const check of triage.app.get(Checks).all.filter(({ name }) => ['chain', 'seal', 'audit', 'keys', 'read-tables', 'files'].includes(name))) {
    for await (const finding of check.run()) what.push(`${check.name}: ${finding.what}`);
  }
  return what;
}

describe('concerns whose retention has ended', () => {
  it('are listed for a data manager of their council, and for nobody else', async () => {
    const [old, recent, there] = [await closedOn('2015-05-01'), await closedOn('2026-05-01'), await closedOn('2015-05-01', 'E06000061')];
    const ids = (await due()).map(({ id }) => id);
    expect(ids).toContain(old);
    expect(ids).not.toContain(recent);
    expect(ids).not.toContain(there);
    expect((await due('staff-data-north-1')).map(({ id }) => id)).toEqual([there]);
    for (const as of ['staff-triage-1', 'staff-manager-1', 'staff-auditor-1', 'staff-administrator-1']) expect((await triage.ask('GET', '/retention/due', { as })).status).toBe(403);
    const [read] = await triage.query<{ records: string[] }>(`select record_ids as records from read_audit where actor = $1 and what = 'concerns due for disposal' order by id desc limit 1`, [one]);
    expect(read!.records).toContain(old);
    expect((await triage.ask('GET', '/retention/rules', { as: one })).body).toMatchObject({ rules: [{ class: 'no_enquiry', years: 6, source: expect.any(String) }, { class: 'with_enquiry' }, { class: 'entered_in_error' }] });
  });

  it('are looked at one by one, in codes, by their id or by what they are called', async () => {
    const id = await closedOn('2015-05-02');
    const review = { id, status: 'triaged', isDue: true, onHold: false, codes: { outcome: 'no_further_action', hasEnquiry: false }, retention: { class: 'no_enquiry', dueOn: '2021-05-03' }, permitted: ['PlaceLegalHold', 'ProposeDisposal'] };
    expect((await triage.ask('GET', `/concerns/${id}/retention`, { as: one })).body).toMatchObject(review);
    expect((await triage.ask('POST', '/retention/find', { as: one, body: { reference: `OLD-${id}` } })).body).toMatchObject({ items: [review] });
    expect((await triage.ask('GET', `/concerns/${id}/retention`, { as: 'staff-data-north-1' })).status).toBe(404);
    expect((await triage.ask('GET', `/concerns/${id}/retention`, { as: officer })).status).toBe(403);
  });

  it('stay with the enquiry that they came to, until that is gone', async () => {
    const id = await closedOn('2015-05-03', authority, true);
    for (gone of [[], undefined]) {
      expect((await due()).map((row) => row.id)).not.toContain(id);
      expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'concern/no-retention' });
    }
    heldEnquiries = [id];
    gone = [];
    expect((await triage.ask('GET', `/concerns/${id}/retention`, { as: one })).body).toMatchObject({ heldWith: 'yes', codes: { enquiryId: expect.any(String) } });
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'concern/held-with' });
    heldEnquiries = [];
    gone = undefined;
    expect((await triage.ask('GET', `/concerns/${id}/retention`, { as: one })).body).toMatchObject({ heldWith: 'not_known' });
    expect((await triage.ask('GET', '/retention/due?limit=200', { as: one })).body).toMatchObject({ isWhole: false });
    gone = [id];
    expect((await due()).map((row) => row.id)).toContain(id);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ status: 'disposed' });
    expect([await count('narrative', id), await count('record_key', id), await found()]).toEqual([0, 0, []]);
  });

  it('take their files with them, in the same transaction', async () => {
    const id = await closedOn('2015-06-01');
    await addFile(id, '2015-06-02T09:00:00.000000Z');
    expect([await count('file_part', id), await count('upload', id), await found()]).toEqual([1, 1, []]);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ status: 'disposed' });
    expect([await count('file_part', id), await count('upload', id), await count('record_key', id), await found()]).toEqual([0, 0, 0, []]);
  });

  it('go by two people: words and key for good, while the story, its seals and the measures stay whole', async () => {
    const id = await closedOn('2015-06-01');
    expect([await count('narrative', id), await count('record_key', id)]).toEqual([2, 1]);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await due()).find((row) => row.id === id)).toMatchObject({ proposedBy: one, onHold: false });
    expect((await act(id, 'disposal/confirm', one)).body).toMatchObject({ code: 'concern/second-person-required' });
    const before = await count('journal', id);
    const [{ person }] = (await triage.query<{ person: string }>('select person_id as person from concern where id = $1', [id])) as [{ person: string }];
    const named = async () => (await triage.ask('POST', '/internal/people-named', { as: 'people', body: { people: [person, v7()] } })).body;
    expect(await named()).toEqual({ people: [person] });
    // One that is restricted names them as any other does.
    await triage.query(`insert into restriction (record_id, named, authority, since, sequence) values ($1, $2, $3, now(), 1), ($1, $4, $3, now(), 1)`, [id, one, authority, another]);
    expect(await named()).toEqual({ people: [person] });
    await triage.query(
      `insert into webhook_notice (id, program, record_id, authority, state, happened_at, asked_at) values ($1, 'partner-police', $2, $3, 'decided', now(), now())`,
      [v7(), id, authority],
    );
    expect((await act(id, 'disposal/confirm', another)).body).toEqual({ id, sequence: expect.any(Number), status: 'disposed', onHold: false });
    expect([await count('narrative', id), await count('record_key', id), await count('webhook_notice', id), await count('journal', id)]).toEqual([0, 0, 0, before + 1]);
    expect(await triage.query('select status, person_id, raised_by from concern where id = $1', [id])).toEqual([{ status: 'disposed', person_id: null, raised_by: null }]);
    expect((await due()).map((row) => row.id)).not.toContain(id);
    // Whoever keeps who they were is told, and told that nothing here names them any more.
    expect(await triage.query(`select data ->> 'personId' as person, contract_sequence is not null as told from journal where record_id = $1 and type = 'ConcernDisposed'`, [id])).toEqual([{ person, told: true }]);
    expect(await named()).toEqual({ people: [] });
    await triage.query('delete from restriction where record_id = $1', [id]);
    expect(await found()).toEqual([]);
    const { body } = await triage.ask('GET', `/concerns/${id}/case`);
    expect(body).toMatchObject({ status: 'disposed', permitted: [], story: [{ type: 'ConcernImported', account: null, decision: { outcome: 'no_further_action', reason: null } }, {}, { type: 'ConcernDisposed' }] });
    expect((await act(id, 'reopen', 'staff-triage-1', { reason: 'More came.' })).body).toMatchObject({ code: 'concern/disposed' });
  });

  it('stay while a legal hold is on them', async () => {
    const id = await closedOn('2015-07-01');
    expect((await act(id, 'legal-hold', one, { held: true })).status).toBe(409);
    // Nothing that is in it, which they may not read.
    expect((await act(id, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' })).body).toEqual({ id, sequence: expect.any(Number), status: 'triaged', onHold: true });
    expect((await due()).find((row) => row.id === id)).toMatchObject({ onHold: true });
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'concern/on-hold' });
    const recent = await closedOn('2026-05-02');
    await act(recent, 'legal-hold', another, { held: true, reason: 'Another inquiry.' });
    const held = async (as = one) => (await triage.ask('GET', '/retention/held', { as })).body['items'] as object[];
    const both = await held();
    expect(both).toEqual([{ id, reference: `OLD-${id}`, status: 'triaged', heldBy: one, heldSince: expect.any(String) }, expect.objectContaining({ id: recent, heldBy: another })]);
    expect((await triage.ask('GET', '/retention/held?limit=1', { as: one })).body).toMatchObject({ items: [{ id }], next: id });
    expect(await triage.query(`select 1 from read_audit where actor = $1 and what = 'concerns under a legal hold' and record_ids @> $2`, [one, [id, recent]])).toHaveLength(1);
    // Restricted to somebody else it is not there.
    await triage.query(`insert into restriction (record_id, named, authority, since, sequence) values ($1, $2, $3, now(), 1)`, [recent, another, authority]);
    expect([await held(), await held('staff-data-north-1')]).toMatchObject([[{ id }], []]);
    await triage.query('delete from restriction where record_id = $1', [recent]);
    expect((await triage.ask('GET', '/retention/held', { as: 'staff-manager-1' })).status).toBe(403);
    await act(recent, 'legal-hold', one, { held: false, reason: 'It is over.' });
    await act(id, 'legal-hold', one, { held: false, reason: 'It is over.' });
    expect(await held()).toEqual([]);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/decline', another, { reason: 'Still wanted.' })).status).toBe(200);
    expect((await due()).find((row) => row.id === id)).toMatchObject({ proposedBy: null, onHold: false });
  });

  it('tell those who make enquiries which of them are on hold', async () => {
    const [id, other] = [await closedOn('2015-07-02'), await closedOn('2015-07-02')];
    const asked = async () => (await triage.ask('POST', '/internal/concerns/on-hold', { as: 'section42', body: { concernIds: [id, other] } })).body;
    await act(id, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' });
    expect(await asked()).toEqual({ concernIds: [id] });
    await act(id, 'legal-hold', one, { held: false, reason: 'It is over.' });
    expect(await asked()).toEqual({ concernIds: [] });
    expect((await triage.ask('POST', '/internal/concerns/on-hold', { as: one, body: { concernIds: [id] } })).status).toBe(403);
  });

  it('are no business of another council, nor of whoever decides concerns', async () => {
    const id = await closedOn('2015-08-01');
    expect((await act(id, 'disposal/propose', 'staff-data-north-1')).status).toBe(404);
    expect((await act(id, 'disposal/propose', 'staff-manager-1')).status).toBe(403);
    expect((await act(id, 'legal-hold', 'staff-manager-1', { held: true, reason: 'An inquiry.' })).status).toBe(403);
  });

  it('are not those that wait or that were only just decided', async () => {
    const id = await triage.raised({ receivedAt: '2015-01-01T09:00:00.000Z' });
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'concern/no-retention' });
    expect((await act(await closedOn('2026-05-01'), 'disposal/propose', one)).body).toMatchObject({ code: 'concern/not-due' });
  });
});
