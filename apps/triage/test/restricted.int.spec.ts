import { randomUUID } from 'node:crypto';
import { NotYet } from '#libs/messaging';
import { noFurtherAction, officer } from './a-triage.js';
import { auditor, closedConcerns, manager, other, partner, secondManager, west } from './closed-concerns.js';

const { triage, dols, identified, get, listed, glass, ...closed } = await closedConcerns(
  { id: officer, role: 'triage_officer' },
  { id: manager, role: 'manager' },
  { id: 'gone', role: 'triage_officer', status: 'disabled' },
  { id: 'staff-triage-north-1', role: 'triage_officer', authority: 'E06000061' },
);
const restrict = (id: string, names = [officer], as = manager) => closed.restrict(id, { names, as, why: 'staff_as_subject' });

/** A concern that is restricted to an officer and a manager. */
async function restricted(more: object = {}): Promise<string> {
  const id = await triage.raised(more);
  expect((await restrict(id)).status).toBe(200);
  return id;
}

const readings = (id: string) => triage.query<{ actor: string; what: string }>('select actor, what from read_audit where $1 = any(record_ids) order by id', [id]);
const tries = async () => (await triage.query<{ n: number }>(`select count(*)::int as n from read_audit where actor = $1 and what = 'glass tried'`, [other]))[0]!.n;

describe('a restricted concern', () => {
  it('is there for those who are named and as if it were not for everybody else, word for word', async () => {
    const id = await restricted();
    for (const as of [officer, manager]) expect((await triage.ask('GET', `/concerns/${id}/case`, { as })).status).toBe(200);
    for (const as of [other, secondManager, 'staff-worker-1']) {
      for (const what of ['', '/case']) {
        const [it, nothing] = [await triage.ask('GET', `/concerns/${id}${what}`, { as }), await triage.ask('GET', `/concerns/${randomUUID()}${what}`, { as })];
        expect(it).toEqual(nothing);
        expect(it.status).toBe(404);
      }
    }
    const seen = '"2"';
    expect(await triage.ask('POST', `/concerns/${id}/assign`, { as: other, seen, body: { to: null } })).toEqual(await triage.ask('POST', `/concerns/${randomUUID()}/assign`, { as: other, seen, body: { to: null } }));
    expect(await triage.ask('GET', `/concerns/${id}/story`, { as: auditor })).toMatchObject({ status: 404 });
    expect((await readings(id)).map(({ actor }) => actor)).not.toContain(other);
  });

  it('is in no list, count or state of anybody else', async () => {
    const before = { [other]: await get('/queue', other), [officer]: await get('/queue', officer) };
    const [state, id] = [await get('/queue/state', other), await restricted({ immediateRisk: 'yes' })];
    const { body } = await triage.ask('GET', `/concerns/${id}`);
    const decided = await restricted();
    await triage.act(decided, 'triage', noFurtherAction);
    expect([await get('/queue/state', other), (await get('/queue', other)).total]).toEqual([state, before[other]!.total]);
    expect((await get('/queue', officer)).total).toBe(before[officer]!.total + 1);
    for (const url of ['/decided', '/feedback-owed']) expect([url, await listed(url, decided, officer), await listed(url, decided, other)]).toEqual([url, true, false]);
    expect([await listed('/second-looks', decided, manager), await listed('/second-looks', decided, other)]).toEqual([true, false]);
    const find = (as: string) => triage.ask('POST', '/concerns/find', { as, body: { reference: body['reference'] } });
    expect([(await find(officer)).body['items'], (await find(other)).body['items']]).toMatchObject([[{ id }], []]);
    const people = (as: string) => triage.ask('POST', '/concerns/people', { as, body: { ids: [id] } });
    expect([(await people(officer)).body['items'], (await people(other)).body['items']]).toMatchObject([[{ id }], []]);
    const each = (concern: string) => triage.ask('POST', '/concerns/assign', { as: other, body: { to: other, concerns: [{ id: concern, seen: 2 }] } });
    const nowhere = randomUUID();
    expect(JSON.stringify((await each(id)).body)).toBe(JSON.stringify((await each(nowhere)).body).replaceAll(nowhere, id));
  });

  it('is not in the outbox of anybody else', async () => {
    const id = await restricted({ referrer: { email: 'neighbour@example.test', type: 'police' } });
    await triage.act(id, 'triage', noFurtherAction);
    expect((await triage.act(id, 'message', { way: 'email', message: 'Thank you. (Invented.)' })).status).toBe(200);
    for (let tries = 0; tries < 100 && !(await listed('/outbox', id, officer)); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect([await listed('/outbox', id, officer), await listed('/outbox', id, other), (await get('/outbox', other)).total]).toEqual([true, false, 0]);
    expect(await triage.ask('GET', `/concerns/${id}`)).toMatchObject({ body: { feedback: 'told' } });
  });

  it('is counted where it leads to nobody', async () => {
    const counted = async () => (await triage.ask('GET', '/consistency', { as: secondManager })).body['owed'] as number;
    const [before, id] = [await counted(), await restricted()];
    await triage.act(id, 'triage', noFurtherAction);
    expect(await counted()).toBe(before + 1);
  });

  it('goes on for whoever raised it, who see what they saw and add to it', async () => {
    const id = await restricted();
    await triage.act(id, 'triage', noFurtherAction);
    expect((await triage.sendFile(id, { name: 'Notes.txt', content: 'Notes. (Invented.)' })).status).toBe(201);
    expect(await triage.ask('GET', `/concerns/${id}`, { as: partner })).toMatchObject({ status: 200, body: { id, status: 'triaged' } });
    expect(await listed('/concerns/raised', id, partner)).toBe(true);
    expect(JSON.stringify((await triage.ask('GET', `/concerns/${id}`, { as: partner })).body)).not.toContain('restrict');
  });

  it('is restricted by a manager, to people who work here now', async () => {
    const id = await triage.raised();
    expect((await restrict(id, [], officer)).status).toBe(403);
    for (const name of ['gone', 'nobody-known', 'staff-triage-north-1']) expect(await restrict(id, [name])).toMatchObject({ status: 409, body: { code: 'concern/not-staff-here' } });
    expect(await restrict(id, [])).toMatchObject({ status: 200, body: { restriction: { names: [manager], why: 'staff_as_subject' } } });
    expect((await triage.ask('GET', `/concerns/${id}`, { as: officer })).status).toBe(404);
    expect((await triage.act(id, 'restriction/lift', { reason: 'Canarylifted.' }, manager)).status).toBe(200);
    expect((await triage.ask('GET', `/concerns/${id}`, { as: officer })).status).toBe(200);
    const rows = await triage.query<{ data: object }>('select data from journal where record_id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain('Canary');
  });

  it('tells those whom it is restricted to, until they have opened it', async () => {
    const id = await restricted();
    const mine = async () => (await get('/restricted', officer)).items.find((one) => one['id'] === id);
    expect(await mine()).toMatchObject({ isNew: true, glass: [] });
    await triage.ask('GET', `/concerns/${id}/case`);
    expect(await mine()).toMatchObject({ isNew: false });
    expect(await listed('/restricted', id, other)).toBe(false);
  });
});

describe('a concern about somebody of whom another is restricted', () => {
  it('is restricted to the same people once that is known, and told to them', async () => {
    const [first, person] = [await restricted(), randomUUID()];
    await identified(first, person);
    const second = await triage.raised();
    expect((await triage.ask('GET', `/concerns/${second}`, { as: other })).status).toBe(200);
    await identified(second, person);
    expect((await triage.ask('GET', `/concerns/${second}`, { as: other })).status).toBe(404);
    expect(await triage.ask('GET', `/concerns/${second}`)).toMatchObject({ body: { restriction: { names: [manager, officer], why: 'same_person' } } });
    expect((await get('/restricted', officer)).items[0]).toMatchObject({ isNew: true });
    expect((await triage.ask('GET', `/concerns/${second}/case`)).body['aboutThem']).toMatchObject([{ id: first }]);
  });

  it('is open to the managers where nobody who was named works here any more', async () => {
    const [first, second, person] = [await triage.raised(), await triage.raised(), randomUUID()];
    // Of this manager the directory tells that they have gone: it tells nothing of them.
    await restrict(first, [], secondManager);
    await identified(first, person);
    await identified(second, person);
    expect((await triage.ask('GET', `/concerns/${second}`)).status).toBe(404);
    expect(await triage.ask('GET', `/concerns/${second}`, { as: manager })).toMatchObject({ body: { restriction: { names: [manager] } } });
  });

  it('shows others nothing of it', async () => {
    const [open, hidden, person] = [await triage.raised(), await restricted(), randomUUID()];
    await identified(open, person);
    await identified(hidden, person);
    expect((await triage.ask('GET', `/concerns/${open}/case`, { as: other })).body['aboutThem']).toEqual([]);
    expect((await triage.ask('GET', `/concerns/${open}/case`)).body['aboutThem']).toMatchObject([{ id: hidden }]);
  });
});

describe('a concern about somebody of whom a DoLS request is restricted', () => {
  it('is restricted to those who are named there and work here, once it is known whom it is about, and told to them', async () => {
    const [person, id] = [randomUUID(), await triage.raised()];
    dols.named.set(person, ['staff-dols-1', officer]);
    expect((await triage.ask('GET', `/concerns/${id}`, { as: other })).status).toBe(200);
    await identified(id, person);
    expect(dols.asked.at(-1)).toEqual({ people: [person], authority: west });
    expect((await triage.ask('GET', `/concerns/${id}`, { as: other })).status).toBe(404);
    expect((await get('/restricted', officer)).items.find((one) => one['id'] === id)).toMatchObject({ isNew: true });
    expect(await triage.ask('GET', `/concerns/${id}`)).toMatchObject({ body: { restriction: { names: [officer], why: 'same_person' } } });
  });

  it('is open to all who are named in either, and to the managers where none of them could work on it', async () => {
    const [person, first, both] = [randomUUID(), await restricted(), await triage.raised()];
    await identified(first, person);
    dols.named.set(person, ['staff-dols-1']);
    await identified(both, person);
    expect(await triage.ask('GET', `/concerns/${both}`)).toMatchObject({ body: { restriction: { names: [manager, officer] } } });
    const [another, alone] = [randomUUID(), await triage.raised()];
    dols.named.set(another, ['staff-dols-1']);
    await identified(alone, another);
    expect(await triage.ask('GET', `/concerns/${alone}`, { as: manager })).toMatchObject({ body: { restriction: { names: [manager] } } });
  });

  it('does not learn whom it is about while nobody can say whether one is', async () => {
    const [person, id] = [randomUUID(), await triage.raised()];
    dols.named.set(person, [officer]);
    dols.isAway = true;
    await expect(identified(id, person)).rejects.toThrow(NotYet);
    expect(await triage.ask('GET', `/concerns/${id}`, { as: other })).toMatchObject({ body: { personId: null } });
    dols.isAway = false;
    await identified(id, person);
    expect((await triage.ask('GET', `/concerns/${id}`, { as: other })).status).toBe(404);
  });

  it('learns from what is told to dols of restricted concerns the other way round', async () => {
    const [id, person] = [await restricted(), randomUUID()];
    await identified(id, person);
    const ask = (as: string, authority = west) => triage.ask('POST', '/internal/restricted-people', { as, body: { about: [{ people: [person], authority }] } });
    expect([await ask('dols'), await ask('dols', 'E06000061')]).toMatchObject([{ body: { names: [[manager, officer]] } }, { body: { names: [[]] } }]);
    for (const as of ['people', 'metrics', officer]) expect((await ask(as)).status).toBe(403);
    await triage.act(id, 'restriction/lift', { reason: 'Invented.' }, manager);
    expect(await ask('dols')).toMatchObject({ body: { names: [[]] } });
  });
});

describe('breaking the glass', () => {
  it('asks first for proof of who it is, alike whatever there is', async () => {
    const id = await restricted();
    const [it, nothing] = [await glass(id, { steppedUp: false }), await glass(randomUUID(), { steppedUp: false })];
    expect(it).toEqual(nothing);
    expect(it).toMatchObject({ status: 401, body: { code: 'token/step_up' } });
    expect((await glass(id, { as: auditor })).status).toBe(403);
  });

  it('opens it for an hour, and tells the managers, those who are named and the auditor', async () => {
    const id = await restricted();
    const reference = (await triage.ask('GET', `/concerns/${id}`)).body['reference'] as string;
    const answer = await glass(reference.toLowerCase());
    expect(answer).toMatchObject({ status: 200, body: { id, reference, until: expect.any(String) } });
    expect((await triage.ask('GET', `/concerns/${id}/case`, { as: other })).status).toBe(200);
    expect((await triage.ask('GET', `/concerns/${id}/files`, { as: other })).status).toBe(200);
    expect(await listed('/queue', id, other)).toBe(true);
    expect((await get('/glass', secondManager)).items[0]).toMatchObject({ by: other, id: null, reference: null });
    expect((await get('/glass', manager)).items[0]).toMatchObject({ by: other, id, reference });
    expect((await get('/restricted', officer)).items.find((one) => one['id'] === id)).toMatchObject({ until: null, glass: [{ by: other }] });
    // It stands with theirs as long as it is open to them.
    expect((await get('/restricted', other)).items.find((one) => one['id'] === id)).toMatchObject({ reference, until: (answer.body as { until: string }).until, isNew: false });
    const told = await triage.ask('GET', `/readings?who=${other}&record=${id}`, { as: auditor });
    const items = told.body['items'] as { what: string; why: string | null }[];
    for (const what of ['glass broken', 'concern case', 'concern files']) expect(items).toContainEqual(expect.objectContaining({ what, why: 'Canaryreason: nobody else is here.' }));
    await triage.asOwner(`update triage.restriction set until = now() - interval '1 second' where record_id = '${id}' and until is not null`);
    expect((await triage.ask('GET', `/concerns/${id}/case`, { as: other })).status).toBe(404);
  });

  it('is done once for an Idempotency-Key, whether or not there was something to open', async () => {
    const [id, key, none] = [await restricted(), randomUUID(), randomUUID()];
    const first = await glass(id, { key });
    await triage.asOwner(`update triage.restriction set until = now() - interval '1 second' where record_id = '${id}' and until is not null`);
    expect(await glass(id, { key })).toEqual(first);
    expect((await triage.ask('GET', `/concerns/${id}/case`, { as: other })).status).toBe(404);
    expect((await readings(id)).filter(({ what }) => what === 'glass broken')).toHaveLength(1);
    expect(await glass(id, { key, reason: 'Another reason.' })).toMatchObject({ status: 422, body: { code: 'idempotency/key-reused' } });
    const before = await tries();
    for (const _ of ['first', 'again']) expect((await glass('SC-0000-0001', { key: none })).status).toBe(404);
    expect(await tries()).toBe(before + 1);
  });

  it('is for seeing it: whom it is open to is for those to say who are named', async () => {
    const id = await restricted();
    await glass(id, { as: secondManager });
    expect(await restrict(id, [], secondManager)).toMatchObject({ status: 409, body: { code: 'concern/not-named' } });
    expect(await triage.act(id, 'restriction/lift', { reason: 'Invented.' }, secondManager)).toMatchObject({ status: 409, body: { code: 'concern/not-named' } });
    expect((await triage.act(id, 'restriction/lift', { reason: 'Invented.' }, manager)).status).toBe(200);
  });

  it('is recorded where there is nothing to open', async () => {
    const before = await tries();
    expect(await glass('SC-0000-0000')).toMatchObject({ status: 404 });
    expect(await tries()).toBe(before + 1);
    expect(await glass(await triage.raised())).toMatchObject({ status: 200, body: { until: null } });
    expect((await glass(randomUUID(), { reason: ' ' })).status).toBe(400);
  });
});
