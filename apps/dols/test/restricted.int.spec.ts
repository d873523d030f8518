import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { FromPeople } from '#libs/claims';
import type { ContractOf } from '#libs/contracts';
import { STEP_UP } from '#libs/identity';
import { recordIdOf } from '#libs/extract';
import { withRestricted } from '#libs/journal';
import { MessageContext, NotYet } from '#libs/messaging';
import { Checks, Database } from '#libs/platform';
import { OtherHolder } from '#libs/testing';
import { DolsService } from './dols-service.js';

const west = 'E06000062';
const [named, other, manager, secondManager, authoriser, assessor, otherAssessor, doctor, auditor, keeper, partner] = [
  'staff-dols-1', 'staff-dols-2', 'staff-manager-1', 'staff-manager-2', 'staff-authoriser-1', 'staff-bia-1', 'staff-bia-2', 'staff-mha-1', 'staff-auditor-1', 'staff-data-1', 'staff-partner-1',
] as const;

let dols: DolsService;
let triage: OtherHolder;
let owner: Client;
beforeAll(async () => {
  triage = await OtherHolder.start();
  dols = await DolsService.start(triage.url, undefined, { TRIAGE_URL: triage.url });
  owner = new Client({ connectionString: dols.database.ownerUrl, options: '-c search_path=dols' });
  await owner.connect();
  const known = [[named, 'dols_administrator', 'active'], [manager, 'manager', 'active'], [assessor, 'best_interests_assessor', 'active'], ['gone', 'dols_administrator', 'disabled']];
  for (const [actsAs, role, status] of known) {
    await owner.query(`insert into known_staff (id, acts_as, registered_sequence, roles, acts_for, roles_sequence, status, status_sequence) values ($1, $2, 1, $3, $4, 2, $5, 3)`, [randomUUID(), actsAs, [role], west, status]);
  }
}, 60_000);
afterAll(async () => {
  await owner?.end();
  await dols?.close();
  triage?.close();
});

const body = { authority: west, kind: 'new', setting: 'care_home_nursing', managingAuthority: 'An invented home.', person: { givenName: 'Inventa', familyName: 'Closed' } };
const asked = async (as: string = partner): Promise<string> => (await dols.ask('POST', '/requests', body, { as })).body['id'] as string;
const sequenceOf = async (id: string): Promise<number> => (await owner.query('select sequence from dols_request where id = $1', [id])).rows[0].sequence;
const act = async (id: string, step: string, of: object, as: string) => dols.ask('POST', `/requests/${id}/${step}`, of, { as, 'if-match': `"${await sequenceOf(id)}"` });
const restrict = (id: string, names: string[] = [named], as: string = manager) => act(id, 'restriction', { names, why: 'domestic_abuse' }, as);
async function restricted(names?: string[]): Promise<string> {
  const id = await asked();
  expect((await restrict(id, names)).status).toBe(200);
  return id;
}

const get = async (url: string, as: string) => (await dols.ask('GET', url, undefined, { as })).body as { items: Record<string, unknown>[]; total: number };
const statusFor = async (id: string, as: string) => (await dols.ask('GET', `/requests/${id}`, undefined, { as })).status;
const listed = async (url: string, id: string, as: string) => JSON.stringify(await get(url, as)).includes(id);
async function glass(request: string, { as = other as string, steppedUp = true, reason = 'Canaryreason: nobody else is here.' } = {}) {
  const headers = steppedUp ? { authorization: `Bearer ${await dols.issuer.person(as, { claims: { acrs: [STEP_UP] } })}` } : {};
  return dols.ask('POST', '/requests/break-glass', { request, reason }, { as, ...headers });
}

/** That a request turned out to be about somebody. */
async function identified(recordId: string, personId: string): Promise<void> {
  const message = { id: `${randomUUID()}:v1`, subject: personId, time: '2026-06-02T09:00:00.000000Z', authority: west, sequence: 1, traceparent: null, data: { recordKind: 'dols_request', recordId, ageBand: '75-84' } } as unknown as ContractOf<'safeguarding.person.identified.v1'>;
  await dols.app.get(Database).transaction(withRestricted([west]), (tx) => dols.app.get(FromPeople).identified([message], new MessageContext(tx)));
}

describe('a restricted request', () => {
  it('is there for those who are named and as if it were not for everybody else, word for word', async () => {
    const id = await restricted();
    for (const as of [named, manager]) expect(await statusFor(id, as)).toBe(200);
    for (const as of [other, secondManager, authoriser]) {
      const [it, nothing] = [await dols.ask('GET', `/requests/${id}`, undefined, { as }), await dols.ask('GET', `/requests/${randomUUID()}`, undefined, { as })];
      expect(it).toEqual(nothing);
      expect(it.status).toBe(404);
    }
    const change = (one: string) => dols.ask('POST', `/requests/${one}/prioritise`, { band: 'high', reason: 'Because.' }, { as: other, 'if-match': '"2"' });
    expect(await change(id)).toEqual(await change(randomUUID()));
    expect((await owner.query('select actor from read_audit where $1 = any(record_ids)', [id])).rows.map(({ actor }) => actor)).not.toContain(other);
  });

  it('is in no list, count or duty of anybody else', async () => {
    const totals = async (as: string) => [(await get('/queue', as)).total, (await get('/duties', as)).total];
    const before = [await totals(other), await totals(named)];
    const id = await asked();
    await act(id, 'screen', { result: 'unlikely', reason: 'Because.' }, named);
    await restrict(id);
    expect(await totals(other)).toEqual(before[0]);
    expect(await totals(named)).toEqual(before[1]!.map((total) => total + 1));
    for (const url of ['/queue', '/duties']) expect([url, await listed(url, id, named), await listed(url, id, other)]).toEqual([url, true, false]);
  });

  it('is not among what has been kept long enough, nor found there by its reference', async () => {
    const id = await asked();
    await act(id, 'decide', { outcome: 'withdrawn', source: { from: 'managing_authority', on: '2026-01-05' }, reason: 'Withdrawn.' }, authoriser);
    await restrict(id);
    expect(await dols.ask('GET', `/requests/${id}/retention`, undefined, { as: keeper })).toEqual(await dols.ask('GET', `/requests/${randomUUID()}/retention`, undefined, { as: keeper }));
    const { reference } = (await dols.ask('GET', `/requests/${id}`, undefined, { as: named })).body;
    expect((await dols.ask('POST', '/retention/find', { reference }, { as: keeper })).body).toEqual({ items: [] });
  });

  it('is in no pack of everything held about somebody, nor found for one by its reference', async () => {
    const [open, id, person] = [await asked(), await restricted(), randomUUID()];
    await identified(open, person);
    await identified(id, person);
    const steppedUp = { authorization: `Bearer ${await dols.issuer.person(keeper, { claims: { acrs: [STEP_UP] } })}` };
    const held = async (path: string, of: object) => JSON.stringify((await dols.ask('POST', `/subject-access${path}`, { ...of, why: 'A request of theirs.' }, steppedUp)).body);
    // It was known whom this one is about before the other was: it inherited nothing.
    expect([(await held('', { person })).includes(open), (await held('', { person })).includes(id)]).toEqual([true, false]);
    const { reference } = (await dols.ask('GET', `/requests/${id}`, undefined, { as: named })).body;
    expect(await held('/find', { reference })).toBe('{"items":[]}');
  });

  it('goes on for whoever asked for it, who learn nothing of it', async () => {
    const id = await restricted();
    const { status, body: seen } = await dols.ask('GET', `/requests/${id}`, undefined, { as: partner });
    expect([status, seen['id'], JSON.stringify(seen).includes('restrict')]).toEqual([200, id, false]);
    expect(await statusFor(id, 'staff-partner-2')).toBe(404);
  });

  it('is restricted by a manager, to people who work here now, and lifted with a reason', async () => {
    const id = await asked();
    expect((await restrict(id, [], named)).status).toBe(403);
    for (const name of ['gone', 'nobody-known']) expect(await restrict(id, [name])).toMatchObject({ status: 409, body: { code: 'request/not-staff-here' } });
    expect(await restrict(id, [])).toMatchObject({ status: 200, body: { restriction: { names: [manager], why: 'domestic_abuse' } } });
    expect(await statusFor(id, named)).toBe(404);
    expect(await restrict(id, [named])).toMatchObject({ status: 200, body: { restriction: { names: [named, manager] } } });
    expect((await act(id, 'restriction/lift', { reason: '' }, manager)).body).toMatchObject({ code: 'request/reason-required' });
    expect((await act(id, 'restriction/lift', { reason: 'Canarylifted.' }, manager)).status).toBe(200);
    expect(await statusFor(id, other)).toBe(200);
    expect(JSON.stringify((await owner.query('select data from journal where record_id = $1', [id])).rows)).not.toContain('Canary');
  });

  it('tells those whom it is restricted to, until they have opened it', async () => {
    const id = await restricted();
    const mine = async () => (await get('/restricted', named)).items.find((one) => one['id'] === id);
    expect(await mine()).toMatchObject({ isNew: true, glass: [], reference: expect.stringMatching(/^DL-/) });
    for (const url of ['/queue', '/queue?sort=receivedAt&direction=desc']) await get(url, named);
    expect(await mine()).toMatchObject({ isNew: true });
    await statusFor(id, named);
    expect(await mine()).toMatchObject({ isNew: false });
    expect([await listed('/restricted', id, other), await listed('/restricted', id, secondManager)]).toEqual([false, false]);
  });

  it('was not opened by whoever was shown it in a list, be it the only one', async () => {
    await owner.query(`insert into known_staff (id, acts_as, registered_sequence, roles, acts_for, roles_sequence, status, status_sequence) values ($1, $2, 1, '{authoriser}', $3, 2, 'active', 3)`, [randomUUID(), authoriser, west]);
    const id = await restricted([authoriser]);
    expect(await listed('/restricted', id, authoriser)).toBe(true);
    const { items } = await get(`/readings?who=${authoriser}&record=${id}`, auditor);
    expect(items).toMatchObject([{ what: 'restricted requests', records: [id] }]);
    const odd = (await dols.ask('GET', '/readings/odd?from=2000-01-01T00:00:00Z&until=2999-01-01T00:00:00Z', undefined, { as: auditor })).body;
    expect(JSON.stringify([odd['withoutActing'], odd['manyInAnHour']])).not.toContain(authoriser);
  });

  it('is assessed by nobody who is not named, and by nobody to whom it was not given', async () => {
    const id = await asked();
    await act(id, 'prioritise', { band: 'high', reason: 'Because.' }, named);
    await act(id, 'allocate', { bestInterestsAssessor: otherAssessor, mentalHealthAssessor: doctor }, named);
    expect(await statusFor(id, otherAssessor)).toBe(200);
    expect(await restrict(id, [named, assessor])).toMatchObject({ status: 200, body: { status: 'prioritised', allocation: null, permitted: expect.arrayContaining(['AllocateRequest']) } });
    expect((await owner.query('select status, allocated_at from dols_request where id = $1', [id])).rows).toEqual([{ status: 'prioritised', allocated_at: null }]);
    for (const as of [assessor, otherAssessor, doctor]) expect([as, await statusFor(id, as)]).toEqual([as, 404]);
    expect(await act(id, 'allocate', { bestInterestsAssessor: otherAssessor }, named)).toMatchObject({ status: 409, body: { code: 'request/not-open-to' } });
    expect((await act(id, 'allocate', { bestInterestsAssessor: assessor }, named)).status).toBe(200);
    expect([await statusFor(id, assessor), await statusFor(id, otherAssessor)]).toEqual([200, 404]);
  });

  it('is told to other services by ids alone', async () => {
    const id = await restricted();
    const told: { type: string; data: object }[] = [];
    for await (const one of contractsOf()) if (one.subject === id) told.push(one);
    expect(told.at(-1)).toMatchObject({ type: 'safeguarding.dols-request.restricted.v1', data: { openTo: [named, manager] } });
  });
});

async function* contractsOf(): AsyncGenerator<{ subject: string; type: string; data: object }> {
  const answer = await fetch(`${dols.url}/internal/contracts?after=0`, { headers: await dols.issuer.as('operator') });
  for (const line of (await answer.text()).split('\n').filter(Boolean)) yield JSON.parse(line);
}

describe('a request about somebody of whom another is restricted', () => {
  it('is restricted to the same people once that is known, and told to them', async () => {
    const [first, second, person] = [await restricted(), await asked(), randomUUID()];
    await identified(first, person);
    expect(await statusFor(second, other)).toBe(200);
    await identified(second, person);
    expect(await statusFor(second, other)).toBe(404);
    expect((await get('/restricted', named)).items.find((one) => one['id'] === second)).toMatchObject({ isNew: true });
    expect((await dols.ask('GET', `/requests/${second}`, undefined, { as: named })).body).toMatchObject({ restriction: { names: [named, manager], why: 'same_person' } });
  });

  it('is open to the managers where nobody who was named could work on it any more', async () => {
    const [first, second, person] = [await asked(), await asked(), randomUUID()];
    // Of this manager the directory tells nothing; the assessor sees only what they are given.
    await restrict(first, [assessor], secondManager);
    await identified(first, person);
    await identified(second, person);
    expect((await dols.ask('GET', `/requests/${second}`, undefined, { as: manager })).body).toMatchObject({ restriction: { names: [manager] } });
  });
});

/** That people turned out to be one. */
async function joined(personId: string, into: string): Promise<void> {
  const message = { id: `${randomUUID()}:v1`, type: 'safeguarding.person.joined.v1', subject: personId, sequence: 2, data: { into } } as unknown as ContractOf<'safeguarding.person.joined.v1'>;
  await dols.app.get(Database).transaction('every', (tx) => dols.app.get(FromPeople).aliases([message], new MessageContext(tx)));
}
const read = async (id: string, as: string) => (await dols.ask('GET', `/requests/${id}`, undefined, { as })).body;

describe('a request about somebody of whom a concern is restricted', () => {
  it('is restricted to those who are named there and work here, once it is known whom it is about, and told to them', async () => {
    const [person, id] = [randomUUID(), await asked()];
    triage.named.set(person, ['staff-triage-1', named, manager]);
    expect(await statusFor(id, other)).toBe(200);
    await identified(id, person);
    expect([await statusFor(id, other), await statusFor(id, secondManager)]).toEqual([404, 404]);
    expect(await read(id, named)).toMatchObject({ restriction: { names: [named, manager], why: 'same_person' } });
    expect((await get('/restricted', manager)).items.find((one) => one['id'] === id)).toMatchObject({ until: null });
    expect((await get('/queue', other)).items.map((one) => one['id'])).not.toContain(id);
  });

  it('is open to all who are named in either', async () => {
    const [person, first, id] = [randomUUID(), await restricted(), await asked()];
    triage.named.set(person, [manager, assessor]);
    await identified(first, person);
    await identified(id, person);
    expect(await read(first, named)).toMatchObject({ restriction: { names: [named, manager].toSorted(), why: 'domestic_abuse' } });
    expect(await read(id, named)).toMatchObject({ restriction: { names: [assessor, named, manager].toSorted(), why: 'same_person' } });
  });

  it('is so by whichever id its person is known there, where they were joined before', async () => {
    const [person, into, id] = [randomUUID(), randomUUID(), await asked()];
    triage.named.set(person, [named]);
    await joined(person, into);
    await identified(id, into);
    expect(triage.asked.at(-1)).toEqual({ people: [person, into].toSorted(), authority: west });
    expect(await statusFor(id, other)).toBe(404);
  });

  it('is open to the managers where nobody who is named there could work on it', async () => {
    const [person, id] = [randomUUID(), await asked()];
    triage.named.set(person, ['staff-triage-1', 'staff-worker-1']);
    await identified(id, person);
    expect(await read(id, manager)).toMatchObject({ restriction: { names: [manager] } });
  });

  it('does not learn whom it is about while nobody can say whether one is', async () => {
    const [person, id] = [randomUUID(), await asked()];
    triage.named.set(person, [named]);
    triage.isAway = true;
    await expect(identified(id, person)).rejects.toThrow(NotYet);
    expect(await read(id, other)).toMatchObject({ id, personId: null });
    triage.isAway = false;
    await identified(id, person);
    expect(await statusFor(id, other)).toBe(404);
  });

  it('inherits once: what is restricted or lifted there later changes nothing here', async () => {
    const [person, id, later] = [randomUUID(), await asked(), await asked()];
    await identified(id, person);
    triage.named.set(person, [named]);
    await identified(id, person);
    expect(await statusFor(id, other)).toBe(200);
    await identified(later, person);
    triage.named.delete(person);
    expect(await statusFor(later, other)).toBe(404);
  });

  it('is restricted from the beginning where an import brings it', async () => {
    const [closed, open] = ['Q-CLOSED-1', 'Q-OPEN-1'];
    triage.named.set(recordIdOf('person', closed), [named]);
    const rows = [closed, open].map((person) => `DQ-${person},${west},${person},2026-03-02T09:00:00Z,new`);
    expect(await dols.import(['application_ref,authority,person_ref,received_at,kind', ...rows].join('\n'), { beganAt: '2026-08-01T00:00:00.000000Z' })).toMatchObject({ imported: 2, quarantined: 0 });
    const [hidden, shown] = [closed, open].map((person) => recordIdOf('dols_request', `DQ-${person}`)) as [string, string];
    expect([await statusFor(hidden, other), await statusFor(shown, other)]).toEqual([404, 200]);
    expect(await read(hidden, named)).toMatchObject({ restriction: { names: [named], why: 'same_person' } });
    const { rows: told } = await owner.query('select data from journal where record_id = any($1)', [[hidden, shown]]);
    expect(JSON.stringify(told)).not.toContain('"elsewhere"');
  });
});

describe('what is told of restricted requests to triage', () => {
  const ask = (about: object[], as = 'triage') => dols.ask('POST', '/internal/restricted-people', { about }, { as });

  it('is who is named about somebody of that authority, by whichever id, until it is lifted', async () => {
    const [id, person, into] = [await restricted(), randomUUID(), randomUUID()];
    await identified(id, person);
    await joined(person, into);
    const about = [[person], [into], [randomUUID()], [randomUUID(), into]].map((people) => ({ people, authority: west }));
    const names = [named, manager].toSorted();
    expect((await ask([...about, { people: [person], authority: 'E06000061' }])).body).toMatchObject({ names: [names, names, [], names, []] });
    await act(id, 'restriction/lift', { reason: 'Invented.' }, manager);
    expect((await ask(about.slice(0, 1))).body).toMatchObject({ names: [[]] });
  });

  it('is told to no program but those that hold records about people, and to nobody who is a person', async () => {
    for (const as of ['people', 'metrics', 'operator', 'staff-manager-1']) expect([as, (await ask([{ people: [randomUUID()], authority: west }], as)).status]).toEqual([as, 403]);
    expect((await ask([])).status).toBe(400);
  });
});

describe('breaking the glass of a request', () => {
  it('asks first for proof of who it is, alike whatever there is', async () => {
    const id = await restricted();
    const [it, nothing] = [await glass(id, { steppedUp: false }), await glass(randomUUID(), { steppedUp: false })];
    expect(it).toEqual(nothing);
    expect(it).toMatchObject({ status: 401, body: { code: 'token/step_up' } });
    for (const as of [auditor, assessor, keeper]) expect((await glass(id, { as })).status).toBe(403);
  });

  it('opens it for an hour, and tells the managers, those who are named and the auditor', async () => {
    const id = await restricted();
    const reference = (await dols.ask('GET', `/requests/${id}`, undefined, { as: named })).body['reference'] as string;
    expect(await glass(reference.toLowerCase())).toMatchObject({ status: 200, body: { id, reference, until: expect.any(String) } });
    expect(await statusFor(id, other)).toBe(200);
    expect(await listed('/queue', id, other)).toBe(true);
    expect((await get('/glass', secondManager)).items[0]).toMatchObject({ by: other, id: null, reference: null });
    expect((await get('/glass', manager)).items[0]).toMatchObject({ by: other, id, reference });
    expect((await get('/restricted', named)).items.find((one) => one['id'] === id)).toMatchObject({ until: null, glass: [{ by: other }] });
    expect((await get('/restricted', other)).items.find((one) => one['id'] === id)).toMatchObject({ reference, until: expect.any(String), isNew: false });
    const { items } = await get(`/readings?who=${other}&record=${id}`, auditor);
    for (const what of ['glass broken', 'dols_request']) expect(items).toContainEqual(expect.objectContaining({ what, why: 'Canaryreason: nobody else is here.' }));
    await owner.query(`update restriction set until = until - interval '1 day' where record_id = $1 and until is not null`, [id]);
    expect(await statusFor(id, other)).toBe(404);
    await owner.query(`update restriction set until = until + interval '1 day' where record_id = $1 and until is not null`, [id]);
  });

  it('is for seeing it: whom it is open to is for those to say who are named', async () => {
    const id = await restricted();
    await glass(id, { as: secondManager });
    expect(await restrict(id, [], secondManager)).toMatchObject({ status: 409, body: { code: 'request/not-named' } });
    expect(await act(id, 'restriction/lift', { reason: 'Invented.' }, secondManager)).toMatchObject({ status: 409, body: { code: 'request/not-named' } });
  });

  it('is recorded where there is nothing to open', async () => {
    expect(await glass('DL-0000-0000')).toMatchObject({ status: 404 });
    expect((await owner.query(`select 1 from read_audit where actor = $1 and what = 'glass tried'`, [other])).rowCount).toBe(1);
    expect(await glass(await asked())).toMatchObject({ status: 200, body: { until: null } });
    expect((await glass(randomUUID(), { reason: ' ' })).status).toBe(400);
  });
});

it('what was restricted, lifted and opened is what verifying finds in the story', async () => {
  const found: string[] = [];
  for (const check of dols.app.get(Checks).all.filter(({ name }) => ['chain', 'read-tables'].includes(name))) for await (const { what } of check.run()) found.push(what);
  expect(found).toEqual([]);
});
