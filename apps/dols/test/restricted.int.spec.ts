import { randomUUID } from 'node:crypto';
import { STEP_UP } from '#libs/identity';
import { administrator as named, assessor, authoriser, closedRequests, doctor, manager, other, otherAssessor, partner, secondManager } from './closed-requests.js';

const [auditor, keeper] = ['staff-auditor-1', 'staff-data-1'];

const { dols, owner, knows, asked, act, restrict, restricted, glass, identified, get, statusFor, listed, found } = await closedRequests(
  { id: named, role: 'dols_administrator' },
  { id: manager, role: 'manager' },
  { id: assessor, role: 'best_interests_assessor' },
  { id: 'gone', role: 'dols_administrator', status: 'disabled' },
);

async function* contractsOf(): AsyncGenerator<{ subject: string; type: string; data: object }> {
  const answer = await fetch(`${dols.url}/internal/contracts?after=0`, { headers: await dols.issuer.as('operator') });
  for (const line of (await answer.text()).split('\n').filter(Boolean)) yield JSON.parse(line);
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
    await knows({ id: authoriser, role: 'authoriser' });
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

describe('breaking the glass of a request', () => {
  it('asks first for proof of who it is, alike whatever there is', async () => {
    const id = await restricted();
    const [it, nothing] = [await glass(id, { isSteppedUp: false }), await glass(randomUUID(), { isSteppedUp: false })];
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

it('what was restricted, lifted and opened is what verifying finds in the story', async () => expect(await found()).toEqual([]));
