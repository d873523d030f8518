import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { aDecision, type FromTriageMessage } from './a-section42.js';
import { allocation, AServedSection42 } from './a-served-section42.js';

let section42: AServedSection42;
beforeAll(async () => {
  section42 = await AServedSection42.start();
}, 60_000);
afterAll(() => section42?.close());

const ask: AServedSection42['ask'] = (...given) => section42.ask(...given);
const tell: AServedSection42['tell'] = (message) => section42.tell(message);
const opened: AServedSection42['opened'] = () => section42.opened();

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
    const [counted] = await section42.every<{ count: number }>(
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
