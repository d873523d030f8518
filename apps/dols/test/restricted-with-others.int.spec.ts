import { randomUUID } from 'node:crypto';
import { NotYet } from '#libs/messaging';
import { recordIdOf } from '#libs/extract';
import { administrator as named, assessor, closedRequests, manager, other, secondManager, west } from './closed-requests.js';

const { dols, triage, owner, asked, act, restrict, restricted, identified, joined, get, read, statusFor, found } = await closedRequests(
  { id: named, role: 'dols_administrator' },
  { id: manager, role: 'manager' },
  { id: assessor, role: 'best_interests_assessor' },
);

describe('a request about somebody of whom another is restricted', () => {
  it('is restricted to the same people once that is known, and told to them', async () => {
    const [first, second, person] = [await restricted(), await asked(), randomUUID()];
    await identified(first, person);
    expect(await statusFor(second, other)).toBe(200);
    await identified(second, person);
    expect(await statusFor(second, other)).toBe(404);
    expect((await get('/restricted', named)).items.find((one) => one['id'] === second)).toMatchObject({ isNew: true });
    expect(await read(second, named)).toMatchObject({ restriction: { names: [named, manager], why: 'same_person' } });
  });

  it('is open to the managers where nobody who was named could work on it any more', async () => {
    const [first, second, person] = [await asked(), await asked(), randomUUID()];
    // Of this manager the directory tells nothing; the assessor sees only what they are given.
    await restrict(first, [assessor], secondManager);
    await identified(first, person);
    await identified(second, person);
    expect(await read(second, manager)).toMatchObject({ restriction: { names: [manager] } });
  });
});

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

it('what was inherited and lifted is what verifying finds in the story', async () => expect(await found()).toEqual([]));
