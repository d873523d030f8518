import { randomUUID } from 'node:crypto';
import { noFurtherAction, officer } from './a-triage.js';
import { auditor, closedConcerns, manager, other, partner, secondManager, west } from './closed-concerns.js';

const officers = [officer, other].map((id) => ({ id, role: 'triage_officer' }));
const managers = [manager, secondManager].map((id) => ({ id, role: 'manager' }));
const { triage, dols, knows, identified, restrict, status, get, listed, glass } = await closedConcerns(...officers, ...managers, { id: 'staff-worker-1', role: 'enquiry_worker' });

const keep = (id: string, { staff = [other], why = 'source_of_risk', as = officer, ...more }: { staff?: string[]; why?: string; as?: string; reason?: string } = {}) => triage.act(id, 'kept-from', { staff, why, ...more }, as);
const noMore = (id: string, as = manager, staff = [other]) => triage.act(id, 'kept-from/lift', { staff, reason: 'Canaryreason: it was not them.' }, as);

/** A concern that is kept from an officer. */
async function kept(more: object = {}): Promise<string> {
  const id = await triage.raised(more);
  expect(await keep(id)).toMatchObject({ status: 200, body: { id } });
  return id;
}

describe('a concern that is kept from somebody', () => {
  it('is for them as if there were none, word for word, on every route', async () => {
    const id = await kept();
    for (const as of [officer, manager, secondManager]) expect((await triage.ask('GET', `/concerns/${id}/case`, { as })).status).toBe(200);
    const nowhere = randomUUID();
    const alike = (answer: { status: number; body: object }, of: string) => [answer.status, JSON.stringify(answer.body).replaceAll(of, nowhere)];
    for (const what of ['', '/case', '/story', '/second-look', '/files', '/version']) {
      const [it, nothing] = [await triage.ask('GET', `/concerns/${id}${what}`, { as: other }), await triage.ask('GET', `/concerns/${nowhere}${what}`, { as: other })];
      expect([what, ...alike(it, id)]).toEqual([what, ...alike(nothing, nowhere)]);
      expect(it.status).toBe(404);
    }
    const acts: [string, object][] = [['assign', { to: null }], ['triage', noFurtherAction], ['kept-from', { staff: [officer], why: 'about_oneself' }], ['interest', { why: 'about_oneself' }], ['ask', { items: ['wishes'], message: 'Invented.' }]];
    for (const [what, body] of acts) {
      const [it, nothing] = [await triage.ask('POST', `/concerns/${id}/${what}`, { as: other, seen: '"2"', body }), await triage.ask('POST', `/concerns/${nowhere}/${what}`, { as: other, seen: '"2"', body })];
      expect([what, ...alike(it, id)]).toEqual([what, ...alike(nothing, nowhere)]);
    }
    const readers = await triage.query<{ actor: string }>('select actor from read_audit where $1 = any(record_ids)', [id]);
    expect(readers.map(({ actor }) => actor)).not.toContain(other);
  });

  it('is in no list, count or state of theirs, and in those of others', async () => {
    const before = { [other]: await get('/queue', other), [officer]: await get('/queue', officer) };
    const [state, id, decided] = [await get('/queue/state', other), await kept({ immediateRisk: 'yes' }), await kept()];
    const { body } = await triage.ask('GET', `/concerns/${id}`);
    expect((await triage.act(decided, 'triage', noFurtherAction)).status).toBe(200);
    expect([await get('/queue/state', other), (await get('/queue', other)).total]).toEqual([state, before[other]!.total]);
    expect((await get('/queue', officer)).total).toBe(before[officer]!.total + 1);
    for (const url of ['/decided', '/feedback-owed']) expect([url, await listed(url, decided, officer), await listed(url, decided, other)]).toEqual([url, true, false]);
    expect([await listed('/second-looks', decided, manager), await listed('/second-looks', decided, other)]).toEqual([true, false]);
    const find = (as: string) => triage.ask('POST', '/concerns/find', { as, body: { reference: body['reference'] } });
    expect([(await find(officer)).body['items'], (await find(other)).body['items']]).toMatchObject([[{ id }], []]);
    const people = (as: string) => triage.ask('POST', '/concerns/people', { as, body: { ids: [id] } });
    expect([(await people(officer)).body['items'], (await people(other)).body['items']]).toMatchObject([[{ id }], []]);
    const each = await triage.ask('POST', '/concerns/assign', { as: other, body: { to: other, concerns: [{ id, seen: 2 }] } });
    const nowhere = randomUUID();
    const none = await triage.ask('POST', '/concerns/assign', { as: other, body: { to: other, concerns: [{ id: nowhere, seen: 2 }] } });
    expect(JSON.stringify(each.body).replaceAll(id, nowhere)).toBe(JSON.stringify(none.body));
  });

  it('opens to them by no broken glass, and the try is recorded', async () => {
    const id = await kept();
    const reference = (await triage.ask('GET', `/concerns/${id}`)).body['reference'] as string;
    expect((await restrict(id)).status).toBe(200);
    const tries = () => triage.query<{ record_ids: string[] }>(`select record_ids from read_audit where actor = $1 and what = 'glass tried'`, [other]);
    const before = (await tries()).length;
    const [it, nothing] = [await glass(id), await glass(randomUUID())];
    expect(it).toEqual(nothing);
    expect((await glass(reference)).status).toBe(404);
    expect((await tries()).slice(before).map(({ record_ids: ids }) => ids)).toEqual([[], [], []]);
    expect(await status(id, other)).toBe(404);
    expect((await get('/glass', secondManager)).items.filter((one) => one['by'] === other)).toEqual([]);
  });

  it('tells none of them that somebody opened it by a broken glass', async () => {
    const id = await triage.raised();
    expect((await restrict(id)).status).toBe(200);
    expect((await glass(id)).status).toBe(200);
    const before = await get('/glass', secondManager);
    expect(before.items.filter((one) => one['by'] === other)).toHaveLength(1);
    await keep(id, { staff: [secondManager] });
    const after = await get('/glass', secondManager);
    expect([after.items.filter((one) => one['by'] === other), after.total]).toEqual([[], before.total - 1]);
    expect((await get('/glass', manager)).items).toContainEqual(expect.objectContaining({ by: other, id }));
  });

  it('is told to none of them by an Idempotency-Key that they used before', async () => {
    const id = await triage.raised();
    const asks = (key: string) => triage.ask('POST', `/concerns/${id}/assign`, { as: other, seen: '"1"', key, body: { to: other } });
    const [assigning, breaking] = [randomUUID(), randomUUID()];
    const first = await asks(assigning);
    expect(first.status).toBe(200);
    expect(await asks(assigning)).toEqual(first);
    expect((await restrict(id)).status).toBe(200);
    const breaks = () => triage.ask('POST', '/concerns/break-glass', { as: other, steppedUp: true, key: breaking, body: { concern: id, reason: 'Invented.' } });
    const opened = await breaks();
    expect([opened.status, await breaks()]).toEqual([200, opened]);
    await keep(id);
    expect([(await asks(assigning)).status, (await breaks()).status]).toEqual([404, 404]);
  });

  it('is not told of to an auditor from whom it is kept, nor why it was read', async () => {
    await knows({ id: auditor, role: 'auditor' });
    const [id, shown] = [await triage.raised(), await triage.raised()];
    await restrict(id);
    await glass(id);
    await triage.ask('GET', `/concerns/${shown}`);
    const told = async (question: string) => (await get(`/readings?${question}`, auditor)).items;
    expect(await told(`record=${id}&who=${other}`)).toMatchObject([{ what: 'glass broken', why: 'Canaryreason: nobody else is here.', records: [id] }]);
    await keep(id, { staff: [auditor], as: manager });
    expect(await told(`record=${id}`)).toEqual([]);
    expect((await told(`who=${other}`))[0]).toMatchObject({ what: 'glass broken', why: null, records: [] });
    expect(JSON.stringify(await told('limit=500'))).not.toContain(id);
    expect(await told(`record=${shown}`)).not.toEqual([]);
  });

  it('is given to none of them, named in no restriction of theirs, and taken from whoever has it', async () => {
    const id = await triage.raised();
    expect((await triage.act(id, 'assign', { to: other })).status).toBe(200);
    await keep(id);
    expect((await triage.ask('GET', `/concerns/${id}`)).body).toMatchObject({ assignedTo: null, keptFrom: [{ id: other, why: 'source_of_risk', by: officer }] });
    expect(await triage.act(id, 'assign', { to: other })).toMatchObject({ status: 409, body: { code: 'concern/kept-from' } });
    expect(await restrict(id, { names: [other] })).toMatchObject({ status: 409, body: { code: 'concern/kept-from' } });
  });

  it('is said by triage officers and managers, of people who work here, and taken back by managers', async () => {
    const id = await triage.raised();
    expect((await keep(id, { as: 'staff-worker-1' })).status).toBe(403);
    expect(await keep(id, { staff: ['nobody-known'] })).toMatchObject({ status: 409, body: { code: 'concern/not-staff-here' } });
    expect(await keep(id, { why: 'other' })).toMatchObject({ status: 409, body: { code: 'concern/reason-required' } });
    expect((await keep(id, { why: 'other', reason: 'Canaryreason: invented.' })).status).toBe(200);
    expect((await noMore(id, officer)).status).toBe(403);
    expect(await noMore(id)).toMatchObject({ status: 200 });
    expect(await status(id, other)).toBe(200);
    const rows = await triage.query<{ type: string; data: object }>('select type, data from journal where record_id = $1 order by sequence', [id]);
    expect(rows.map(({ type }) => type)).toEqual(['ConcernReceived', 'ConcernKeptFrom', 'KeptNoMore']);
    expect(JSON.stringify(rows)).not.toContain('Canary');
    const story = await triage.ask('GET', `/concerns/${id}/story`, { as: auditor });
    expect((story.body['events'] as { type: string }[]).map(({ type }) => type)).toContain('ConcernKeptFrom');
  });

  it('is listed with from whom and why for managers to whom it is open', async () => {
    const id = await kept();
    const mine = async (as: string) => (await get('/kept-from', as)).items.find((one) => one['id'] === id);
    expect([await mine(manager), await mine(secondManager)]).toMatchObject([{ keptFrom: other, why: 'source_of_risk' }, { keptFrom: other }]);
    expect((await triage.ask('GET', '/kept-from', { as: officer })).status).toBe(403);
    await keep(id, { staff: [secondManager] });
    expect([await mine(manager) !== undefined, await mine(secondManager)]).toEqual([true, undefined]);
  });

  it('goes on for whoever raised it, who learn nothing of that', async () => {
    const id = await kept();
    const answer = await triage.ask('GET', `/concerns/${id}`, { as: partner });
    expect(answer).toMatchObject({ status: 200, body: { id } });
    expect(JSON.stringify(answer.body)).not.toMatch(/kept|restrict/i);
  });

  it('closes it to whoever is named too, and opens it to them as it was once it is kept from them no more', async () => {
    const id = await triage.raised();
    await restrict(id, { names: [officer, other] });
    expect([await status(id, other), (await keep(id)).status, await status(id, other), await listed('/restricted', id, other)]).toEqual([200, 200, 404, false]);
    expect((await get('/restricted', officer)).items.find((one) => one['id'] === id)).toMatchObject({ keptFrom: [{ id: other, why: 'source_of_risk' }] });
    await noMore(id);
    expect([await status(id, other), await status(id, secondManager)]).toEqual([200, 404]);
  });
});

describe('whoever must not work on a concern', () => {
  const declare = (id: string, as: string) => triage.act(id, 'interest', { why: 'about_oneself', reason: 'Canaryreason: it is about me.' }, as);

  it('says so, is answered, and sees it no more', async () => {
    const decided = await triage.raised();
    await triage.act(decided, 'triage', noFurtherAction);
    const id = await triage.raised();
    for (const [one, who] of [[id, manager], [decided, officer], [await triage.raised(), 'staff-worker-1']] as const) {
      expect(await declare(one, who)).toMatchObject({ status: 200, body: { id: one } });
      expect(await status(one, who)).toBe(404);
    }
    // Nor do they open it to themselves again.
    expect((await triage.ask('POST', `/concerns/${id}/kept-from/lift`, { as: manager, seen: '"2"', body: { staff: [manager], reason: 'Invented.' } })).status).toBe(404);
    expect(await noMore(id, secondManager, [manager])).toMatchObject({ status: 200 });
    expect(await status(id, manager)).toBe(200);
  });

  it('is answered once more where they send it again', async () => {
    const [id, key] = [await triage.raised(), randomUUID()];
    const says = () => triage.ask('POST', `/concerns/${id}/interest`, { as: other, seen: '"1"', key, body: { why: 'about_oneself' } });
    const first = await says();
    expect([first.status, await says(), await status(id, other)]).toEqual([200, first, 404]);
  });

  it('stays while nobody else could go on with it', async () => {
    const id = await triage.raised();
    expect((await keep(id, { staff: [secondManager] })).status).toBe(200);
    expect(await declare(id, manager)).toMatchObject({ status: 409, body: { code: 'concern/nobody-left' } });
    const closed = await triage.raised();
    // Who works on enquiries reads it, and decides none.
    await restrict(closed, { names: ['staff-worker-1'], why: 'staff_as_subject' });
    expect(await declare(closed, manager)).toMatchObject({ status: 409, body: { code: 'concern/nobody-left' } });
  });

  it('leaves it to those who are named, and whom it is open to, to another manager', async () => {
    const id = await triage.raised();
    await restrict(id, { why: 'staff_as_subject' });
    await glass(id, { as: secondManager });
    expect(await restrict(id, { names: [other], as: secondManager })).toMatchObject({ status: 409, body: { code: 'concern/not-named' } });
    expect(await declare(id, manager)).toMatchObject({ status: 200 });
    expect(await restrict(id, { names: [officer, other], as: secondManager })).toMatchObject({ status: 200 });
    expect([await status(id, officer), await status(id, other), await status(id, manager)]).toEqual([200, 200, 404]);
  });
});

describe('a concern about somebody of whom another is kept from somebody', () => {
  it('is kept from the same staff once that is known, where that is for the person’s sake', async () => {
    const [first, person] = [await triage.raised(), randomUUID()];
    await keep(first, { why: 'close_to_person' });
    await keep(first, { staff: ['staff-worker-1'], why: 'source_of_risk' });
    await identified(first, person);
    const second = await triage.raised();
    await identified(second, person);
    expect([await status(second, other), await status(second, 'staff-worker-1'), await status(second, officer)]).toEqual([404, 200, 200]);
    expect((await triage.ask('GET', `/concerns/${second}`)).body['keptFrom']).toMatchObject([{ id: other, why: 'close_to_person', by: null }]);
    // A case page shows no others that are kept from whoever reads it.
    const open = await triage.raised();
    expect((await triage.ask('GET', `/concerns/${open}/case`, { as: other })).body['aboutThem']).toEqual([]);
  });

  it('is open to nobody who was named in the other one and from whom that is kept', async () => {
    const [first, person] = [await triage.raised(), randomUUID()];
    await restrict(first, { names: [other] });
    await keep(first, { as: manager });
    await identified(first, person);
    const second = await triage.raised();
    await identified(second, person);
    expect([await status(second, manager), await status(second, other), await status(second, officer)]).toEqual([200, 404, 404]);
    expect((await triage.ask('GET', `/concerns/${second}`, { as: manager })).body).toMatchObject({ restriction: { names: [manager] } });
    const told = await triage.ask('POST', '/internal/restricted-people', { as: 'dols', body: { about: [{ people: [person], authority: west }] } });
    expect(told.body).toEqual({ names: [[manager]], restricted: [true], kept: [[]] });
  });

  it('is restricted to the managers where nobody else was named in the other one', async () => {
    const [first, second, person] = [await triage.raised(), await triage.raised(), randomUUID()];
    dols.restricted.add(person);
    await identified(first, person);
    await identified(second, person);
    expect([await status(second, manager), await status(second, other)]).toEqual([200, 404]);
  });

  it('learns it from DoLS requests too, and tells them', async () => {
    const [id, person] = [await triage.raised(), randomUUID()];
    dols.kept.set(person, [{ id: other, why: 'about_oneself' }]);
    await identified(id, person);
    expect([await status(id, other), await status(id, officer)]).toEqual([404, 200]);
    const told = await triage.ask('POST', '/internal/restricted-people', { as: 'dols', body: { about: [{ people: [person], authority: west }] } });
    expect(told.body).toEqual({ names: [[]], restricted: [false], kept: [[{ id: other, why: 'about_oneself' }]] });
  });

  it('is restricted to managers from whom it is not kept, where nobody who was named works here any more', async () => {
    const [id, person] = [await triage.raised(), randomUUID()];
    dols.named.set(person, ['staff-gone']);
    dols.kept.set(person, [{ id: secondManager, why: 'about_oneself' }]);
    await identified(id, person);
    expect([await status(id, manager), await status(id, secondManager), await status(id, officer)]).toEqual([200, 404, 404]);
  });

  it('is restricted to whoever else could work on it, where it is kept from every manager', async () => {
    const [id, person] = [await triage.raised(), randomUUID()];
    dols.named.set(person, ['staff-gone']);
    dols.kept.set(person, [manager, secondManager].map((one) => ({ id: one, why: 'about_oneself' })));
    await identified(id, person);
    expect([await status(id, officer), await status(id, other), await status(id, manager)]).toEqual([200, 200, 404]);
    expect((await triage.ask('GET', `/concerns/${id}`)).body).toMatchObject({ restriction: { names: expect.not.arrayContaining(['staff-gone']) } });
  });

  it('is restricted to those who are gone rather than to nobody, where it is kept from all who could work on it', async () => {
    const [id, person] = [await triage.raised(), randomUUID()];
    dols.named.set(person, ['staff-gone']);
    dols.kept.set(person, [officer, other, manager, secondManager, 'staff-worker-1'].map((one) => ({ id: one, why: 'close_to_person' })));
    await identified(id, person);
    expect(await triage.query('select named from restriction where record_id = $1 and not kept', [id])).toEqual([{ named: 'staff-gone' }]);
  });
});

it('what is kept as rows is what the story says', async () => {
  const id = await kept();
  const rows = () => triage.query('select named, kept, why, until from restriction where record_id = $1 order by named', [id]);
  expect(await rows()).toEqual([{ named: other, kept: true, why: 'source_of_risk', until: null }]);
  await noMore(id);
  expect(await rows()).toEqual([]);
});
