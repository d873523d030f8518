import 'reflect-metadata';
import { v7 } from 'uuid';
import { Vault, Words } from '#libs/journal';
import { Checks, Clock, Database } from '#libs/platform';
import { Requests } from '../src/request/application/requests.js';
import { DolsService } from './dols-service.js';

const authority = 'E06000062';
const [one, another] = ['staff-data-1', 'staff-data-2'];
let dols: DolsService;
beforeAll(async () => {
  dols = await DolsService.start();
}, 60_000);
afterAll(() => dols?.close());

const query = <Row>(sql: string, parameters?: unknown[]): Promise<Row[]> => dols.app.get(Database).seeing('every').query(sql, parameters);
const count = async (table: string, id: string): Promise<number> => (await query<{ n: number }>(`select count(*)::int as n from ${table} where record_id = $1`, [id]))[0]!.n;

/** A request that an old system decided on that day, with words; `until`: the last day of its authorisation. */
async function decidedOn(day: string, { of = authority, until = null as string | null, isDecided = true } = {}): Promise<string> {
  const [recordId, at] = [v7(), `${day}T09:00:00.000000Z`];
  const words = new Words(dols.app.get(Vault));
  const outcome = until === null ? ('withdrawn' as const) : ('granted' as const);
  const decided = isDecided ? { decidedAt: at, outcome, authorisedFrom: until && day, authorisedTo: until } : { decidedAt: null, outcome: null, authorisedFrom: null, authorisedTo: null };
  const command = {
    type: 'ImportRequest' as const, reference: `OLD-${recordId}`, kind: 'new' as const, urgent: null, setting: null, managingAuthority: words.keep('An invented home.'), receivedAt: at, personId: v7(), ageBand: '85-94' as const,
    priority: null, allocatedAt: null, bestInterestsAssessor: null, ...decided,
  };
  await dols.app.get(Database).transaction([of], (tx) => dols.app.get(Requests).handle(tx, { recordId, command, words, context: { authority: of, actor: null, recordedAt: dols.app.get(Clock).now() } }));
  return recordId;
}

const due = async (as = one) => (await dols.ask('GET', '/retention/due?limit=200', undefined, { as })).body['items'] as { id: string; onHold: boolean; proposedBy: string | null; dueOn: string }[];
const act = async (id: string, what: string, as: string, body: object = {}) =>
  dols.ask('POST', `/requests/${id}/${what}`, body, { as, 'if-match': `"${(await query<{ sequence: number }>('select sequence from dols_request where id = $1', [id]))[0]!.sequence}"` });

/** What verifying finds in the story, its seals and what follows from it. */
async function found(): Promise<string[]> {
  const what: string[] = [];
  for (const check of dols.app.get(Checks).all.filter(({ name }) => ['chain', 'seal', 'audit', 'keys', 'read-tables'].includes(name))) {
    for await (const finding of check.run()) what.push(`${check.name}: ${finding.what}`);
  }
  return what;
}

describe('requests whose retention has ended', () => {
  it('are listed for a data manager of their council, and for nobody else', async () => {
    const [old, ranOut, runs, recent, there] = [await decidedOn('2015-05-01'), await decidedOn('2015-05-01', { until: '2016-04-30' }), await decidedOn('2015-05-01', { until: '2999-04-30' }), await decidedOn('2026-05-01'), await decidedOn('2015-05-01', { of: 'E06000061' })];
    const waits = await decidedOn('2015-05-01', { isDecided: false });
    const rows = await due();
    const ids = rows.map(({ id }) => id);
    for (const id of [old, ranOut]) expect(ids).toContain(id);
    for (const id of [runs, recent, there, waits]) expect(ids).not.toContain(id);
    expect(rows.find(({ id }) => id === ranOut)).toMatchObject({ class: 'dols_request', endedOn: '2016-04-30', dueOn: '2022-05-01' });
    expect((await due('staff-data-north-1')).map(({ id }) => id)).toEqual([there]);
    for (const as of ['staff-dols-1', 'staff-manager-1', 'staff-auditor-1', 'staff-administrator-1']) expect((await dols.ask('GET', '/retention/due', undefined, { as })).status).toBe(403);
    expect((await dols.ask('GET', '/retention/rules', undefined, { as: one })).body).toMatchObject({ rules: [{ class: 'dols_request', years: 6, source: expect.stringContaining('No source') }, { class: 'entered_in_error' }] });
  });

  it('are looked at one by one, in codes, by their id or by what they are called', async () => {
    const id = await decidedOn('2015-05-02', { until: '2016-04-30' });
    const review = { id, status: 'authorised', isDue: true, onHold: false, codes: { outcome: 'granted', endedOn: '2016-04-30' }, retention: { dueOn: '2022-05-01' }, permitted: ['PlaceLegalHold', 'ProposeDisposal'] };
    expect((await dols.ask('GET', `/requests/${id}/retention`, undefined, { as: one })).body).toMatchObject(review);
    expect((await dols.ask('POST', '/retention/find', { reference: `OLD-${id}` }, { as: one })).body).toMatchObject({ items: [review] });
    expect((await dols.ask('GET', `/requests/${id}/retention`, undefined, { as: 'staff-data-north-1' })).status).toBe(404);
    expect(await query(`select 1 from read_audit where actor = $1 and what = 'retention of a DoLS request' and record_ids = $2`, [one, [id]])).toHaveLength(2);
  });

  it('go by two people: words and key for good, while the story, its seals and the measures stay whole', async () => {
    const id = await decidedOn('2015-06-01', { until: '2016-05-31' });
    expect([await count('narrative', id), await count('record_key', id)]).toEqual([1, 1]);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/confirm', one)).body).toMatchObject({ code: 'request/second-person-required' });
    const before = await count('journal', id);
    const [{ person }] = (await query<{ person: string }>('select person_id as person from dols_request where id = $1', [id])) as [{ person: string }];
    const named = async () => (await dols.ask('POST', '/internal/people-named', { people: [person, v7()] }, { as: 'people' })).body;
    expect(await named()).toEqual({ people: [person] });
    expect((await act(id, 'disposal/confirm', another)).body).toEqual({ id, sequence: expect.any(Number), status: 'disposed', onHold: false });
    expect([await count('narrative', id), await count('record_key', id), await count('journal', id)]).toEqual([0, 0, before + 1]);
    expect(await query('select status, person_id, is_waiting from dols_request where id = $1', [id])).toEqual([{ status: 'disposed', person_id: null, is_waiting: false }]);
    expect((await due()).map((row) => row.id)).not.toContain(id);
    // Whoever keeps who they were is told, and told that nothing here names them any more.
    expect(await query(`select data ->> 'personId' as person, contract_sequence is not null as told from journal where record_id = $1 and type = 'RequestDisposed'`, [id])).toEqual([{ person, told: true }]);
    expect(await named()).toEqual({ people: [] });
    expect((await dols.ask('POST', '/internal/people-named', { people: [person] }, { as: 'triage' })).status).toBe(403);
    expect(await found()).toEqual([]);
    expect((await act(id, 'correct', 'staff-dols-1', { reason: 'More came.', changes: { urgent: true } })).status).toBeGreaterThanOrEqual(400);
  });

  it('stay while a legal hold is on them', async () => {
    const id = await decidedOn('2015-07-01');
    expect((await act(id, 'legal-hold', one, { held: true })).status).toBe(409);
    // Nothing that is in it, which they may not read.
    expect((await act(id, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' })).body).toEqual({ id, sequence: expect.any(Number), status: expect.any(String), onHold: true });
    expect((await due()).find((row) => row.id === id)).toMatchObject({ onHold: true });
    const held = async () => (await dols.ask('GET', '/retention/held', undefined, { as: one })).body;
    expect(await held()).toEqual({ items: [{ id, reference: `OLD-${id}`, status: 'decided', heldBy: one, heldSince: expect.any(String) }], next: null });
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'request/on-hold' });
    await act(id, 'legal-hold', one, { held: false, reason: 'It is over.' });
    expect(await held()).toEqual({ items: [], next: null });
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/decline', another, { reason: 'Still wanted.' })).status).toBe(200);
    expect((await due()).find((row) => row.id === id)).toMatchObject({ proposedBy: null, onHold: false });
  });

  it('are no business of another council, nor of whoever decides requests, and not those that wait or were only just decided', async () => {
    const id = await decidedOn('2015-08-01');
    expect((await act(id, 'disposal/propose', 'staff-data-north-1')).status).toBe(404);
    expect((await act(id, 'disposal/propose', 'staff-manager-1')).status).toBe(403);
    expect((await act(await decidedOn('2015-01-01', { isDecided: false }), 'disposal/propose', one)).body).toMatchObject({ code: 'request/no-retention' });
    expect((await act(await decidedOn('2026-05-01'), 'disposal/propose', one)).body).toMatchObject({ code: 'request/not-due' });
  });
});
