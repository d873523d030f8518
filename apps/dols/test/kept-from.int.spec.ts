import { randomUUID } from 'node:crypto';
import { administrator, assessor, authoriser, closedRequests, doctor, manager, other, otherAssessor, partner, secondManager } from './closed-requests.js';

const { dols, triage, asked, act, identified, glass, read, statusFor, listed } = await closedRequests(
  ...[administrator, other].map((id) => ({ id, role: 'dols_administrator' })),
  ...[manager, secondManager].map((id) => ({ id, role: 'manager' })),
  { id: authoriser, role: 'authoriser' },
  { id: assessor, role: 'best_interests_assessor' },
  { id: doctor, role: 'mental_health_assessor' },
);
const keep = (id: string, { staff = [other], why = 'source_of_risk', as = administrator }: { staff?: string[]; why?: string; as?: string } = {}) => act(id, 'kept-from', { staff, why }, as);

/** Given to an assessor and a doctor. */
async function allocated(): Promise<string> {
  const id = await asked();
  await act(id, 'screen', { result: 'likely', reason: 'Because.' }, administrator);
  await act(id, 'prioritise', { band: 'high', reason: 'Because.' }, administrator);
  expect((await act(id, 'allocate', { bestInterestsAssessor: assessor, mentalHealthAssessor: doctor }, administrator)).status).toBe(200);
  return id;
}

describe('a request that is kept from somebody', () => {
  it('is for them as if there were none, and in none of their lists', async () => {
    const id = await asked();
    expect(await keep(id)).toMatchObject({ status: 200, body: { id } });
    for (const as of [administrator, manager, authoriser]) expect(await statusFor(id, as)).toBe(200);
    const [it, nothing] = [await dols.ask('GET', `/requests/${id}`, undefined, { as: other }), await dols.ask('GET', `/requests/${randomUUID()}`, undefined, { as: other })];
    expect([it.status, it.body]).toEqual([404, nothing.body]);
    expect([await listed('/queue', id, administrator), await listed('/queue', id, other)]).toEqual([true, false]);
    expect((await glass(id)).status).toBe(404);
    expect((await dols.ask('GET', `/requests/${id}`, undefined, { as: partner })).status).toBe(200);
    expect((await act(id, 'kept-from/lift', { staff: [other], reason: 'It was not them.' }, administrator)).status).toBe(403);
    expect(await listed('/kept-from', id, manager)).toBe(true);
    expect((await act(id, 'kept-from/lift', { staff: [other], reason: 'It was not them.' }, manager)).status).toBe(200);
    expect(await listed('/kept-from', id, manager)).toBe(false);
    expect(await statusFor(id, other)).toBe(200);
  });

  it('leaves its assessor, and is given to them no more', async () => {
    const id = await allocated();
    expect(await statusFor(id, assessor)).toBe(200);
    expect((await keep(id, { staff: [assessor], why: 'close_to_source' })).status).toBe(200);
    expect(await statusFor(id, assessor)).toBe(404);
    expect(await read(id, administrator)).toMatchObject({ status: 'prioritised', allocation: null, keptFrom: [{ id: assessor }] });
    expect(await act(id, 'allocate', { bestInterestsAssessor: assessor, mentalHealthAssessor: doctor }, administrator)).toMatchObject({ status: 409, body: { code: 'request/kept-from' } });
    expect((await act(id, 'allocate', { bestInterestsAssessor: otherAssessor, mentalHealthAssessor: doctor }, administrator)).status).toBe(200);
  });

  it('is given back by an assessor who says that they must not', async () => {
    const id = await allocated();
    expect(await act(id, 'interest', { why: 'close_to_person' }, assessor)).toMatchObject({ status: 200, body: { id } });
    expect(await statusFor(id, assessor)).toBe(404);
    expect(await read(id, administrator)).toMatchObject({ status: 'prioritised' });
  });

  it('is so alike for another about the same person, and for one of whom triage tells it', async () => {
    const [first, second, third, person, somebody] = [await asked(), await asked(), await asked(), randomUUID(), randomUUID()];
    await keep(first, { why: 'about_oneself' });
    await identified(first, person);
    await identified(second, person);
    triage.kept.set(somebody, [{ id: other, why: 'close_to_person' }]);
    await identified(third, somebody);
    expect([await statusFor(second, other), await statusFor(third, other), await statusFor(third, administrator)]).toEqual([404, 404, 200]);
  });
});
