import { randomUUID } from 'node:crypto';
import { learnAliases } from '#libs/journal';
import { Database } from '#libs/platform';
import { Concerns } from '../src/concern/application/concerns.js';
import { ATriage, officer } from './a-triage.js';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
}, 60_000);
afterAll(() => triage?.close());

/** A concern that came in then and turned out to be about this person. */
async function about(personId: string, receivedAt: string, as?: string): Promise<string> {
  const authority = as ? 'E06000061' : 'E06000062';
  const id = await triage.raised({ receivedAt, authority }, as);
  await triage.app.get(Database).transaction([authority], (tx) =>
    triage.app.get(Concerns).handle(tx, { recordId: id, command: { type: 'IdentifyPerson', at: receivedAt, personId, personSequence: 1, ageBand: '75-84' }, context: { authority, actor: null, recordedAt: receivedAt } }),
  );
  return id;
}

const told = async (id: string) => ((await triage.ask('GET', `/concerns/${id}/case`)).body['aboutThem'] as { id: string }[]).map((one) => one.id);

describe('what else there is about the same person', () => {
  it('is what came in whenever, the latest first, in the own council', async () => {
    const [them, somebody] = [randomUUID(), randomUUID()];
    const concern = await about(them, '2026-03-01T09:00:00.000Z');
    const before = await about(them, '2025-03-02T09:00:00.000Z');
    const later = await about(them, '2026-04-01T09:00:00.000Z');
    const longBefore = await about(them, '2025-02-27T09:00:00.000Z');
    await about(somebody, '2026-02-01T09:00:00.000Z');
    await about(them, '2026-02-01T09:00:00.000Z', 'staff-partner-north-1');
    expect(await told(concern)).toEqual([later, before, longBefore]);
    const { body } = await triage.ask('GET', `/concerns/${concern}/case`);
    expect(body['aboutThemInAll']).toBe(3);
    expect(body['aboutThem']).toMatchObject([{ status: 'awaiting-triage', outcome: null, reference: expect.stringMatching(/^SC-/) }, {}, {}]);
    const [read] = await triage.query<{ n: number }>(`select count(*)::int as n from read_audit where actor = $1 and what = 'concerns of the same person' and record_ids @> array[$2::uuid]`, [officer, before]);
    expect(read!.n).toBeGreaterThan(0);
  });

  it('follows whoever was found to be the same person, and leaves out what was entered in error', async () => {
    const [one, other, third] = [randomUUID(), randomUUID(), randomUUID()];
    const [a, b, c] = [await about(one, '2026-03-01T09:00:00.000Z'), await about(other, '2026-03-02T09:00:00.000Z'), await about(third, '2026-03-03T09:00:00.000Z')];
    expect(await told(a)).toEqual([]);
    await triage.app.get(Database).transaction([], (tx) => learnAliases(tx, [{ personId: one, into: other, sequence: 1 }, { personId: third, into: other, sequence: 1 }]));
    expect([await told(a), await told(b)]).toEqual([[c, b], [c, a]]);
    await triage.act(c, 'entered-in-error/propose', { reason: 'Twice.' });
    await triage.act(c, 'entered-in-error/confirm', {}, 'staff-manager-1');
    expect(await told(a)).toEqual([b]);
  });

  it('is nothing where nobody is known', async () => expect(await told(await triage.raised())).toEqual([]));
});

describe('two who work on one concern', () => {
  it('see each other: who opened it in the last ten minutes, and nobody sees themselves', async () => {
    const id = await triage.raised();
    const opened = async (as: string, what = 'case') => ((await triage.ask('GET', `/concerns/${id}/${what}`, { as })).body['openedBy'] as { id: string }[]).map((one) => one.id);
    expect([await opened(officer), await opened(officer), await opened('staff-triage-2'), await opened(officer, 'version'), await opened('staff-manager-1', 'version')]).toEqual([[], [], [officer], ['staff-triage-2'], ['staff-triage-2', officer]]);
    await triage.query(`insert into read_audit (read_at, actor, authority, record_ids, what) values (now() - interval '11 minutes', 'staff-triage-3', 'E06000062', array[$1::uuid], 'concern case')`, [id]);
    expect(await opened(officer, 'version')).toEqual(['staff-triage-2']);
  });
});
