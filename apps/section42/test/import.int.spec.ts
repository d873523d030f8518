import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { keptScope } from '#libs/extract';
import { inventedStaff } from '#libs/platform';
import { enquiryIdOf } from '../src/enquiry/application/enquiries.js';
import { anImport, ASection42, NOW } from './a-section42.js';
import { ATriage } from './a-triage.js';

const row = (number: number, change: Record<string, string> = {}) => ({
  enquiry_ref: `E${number}`,
  concern_ref: `C${number}`,
  opened_at: '2025-06-02T09:00:00Z',
  team: '=SUM(A1) Mrs Example’s team',
  allocated_at: '2025-06-03T09:00:00Z',
  allocated_to: 'Ms Invented',
  ...change,
});
const staff = inventedStaff.find(({ id }) => id === 'staff-data-1')!;
const concluded = { concluded_at: '2025-06-04T09:00:00Z', outcomes_asked: 'not_asked', mental_capacity: 'has_capacity', risk_outcome: 'removed' };

describe('importing enquiries.csv', () => {
  let triage: ATriage;
  let section42: ASection42;
  beforeEach(async () => {
    triage = await ATriage.start();
    for (const number of [1, 2, 3]) triage.hold(`C${number}`);
    section42 = await ASection42.make(triage.url);
  });
  afterEach(async () => {
    await section42.close();
    triage.close();
  });
  const stands = async (number: number) => (await section42.standings(enquiryIdOf(triage.concerns.get(`C${number}`)!.id)))[0];

  it('opens, allocates and concludes as the rows say', async () => {
    expect(await section42.import([row(1), row(2, concluded), row(3, { allocated_at: '' })])).toMatchObject({
      read: 3, imported: 3, quarantined: 0, codes: {}, flags: {},
    });
    expect(await section42.rows()).toMatchObject([
      { reference: 'E1', status: 'allocated', is_assumed: false, is_legacy: true, opened_at: '2025-06-02T09:00:00.000000Z' },
      { reference: 'E2', status: 'concluded', concluded_at: '2025-06-04T09:00:00.000000Z' },
      { reference: 'E3', status: 'open', allocated_at: null },
    ]);
  });

  it('keeps who had an enquiry to itself', async () => {
    await section42.import([row(1)]);
    expect(JSON.stringify([await section42.told(), await stands(1), await section42.rows()])).not.toMatch(/Invented|Mrs Example/);
    expect(await section42.all.query('select count(*) as texts from narrative')).toEqual([{ texts: 1 }]);
  });

  it.each(['decisions first', 'rows first'])('fills in what the decision opened: %s', async (order) => {
    const decisions = () => section42.take(...[1, 2, 3].map((number) => anImport(triage.concerns.get(`C${number}`)!.id)));
    const rows = () => section42.import([row(1, concluded), row(2, { allocated_at: '' })]);
    for (const step of order === 'decisions first' ? [decisions, rows] : [rows, decisions]) await step();
    expect((await section42.rows()).map(({ id: _id, sequence: _sequence, concern_id: _concern, ...rest }) => rest)).toMatchObject([
      { reference: 'E1', status: 'concluded', opened_at: '2025-06-02T09:00:00.000000Z', is_assumed: false },
      { reference: 'E2', status: 'open', opened_at: '2025-06-02T09:00:00.000000Z', is_assumed: false },
      { reference: expect.stringMatching(/^SE-/), status: 'open', opened_at: '2025-06-01T09:00:00.000000Z', is_assumed: true },
    ]);
    expect(await section42.assumed()).toBe(1);
    const lastWord = (await section42.told()).filter(({ type }) => type.endsWith('opened.v1')).map(({ subject, data }) => [subject, data] as const);
    expect(new Map(lastWord).get(enquiryIdOf(triage.concerns.get('C1')!.id))).toMatchObject({ openedAt: '2025-06-02T09:00:00.000000Z', legacy: true, kind: 's42' });
  });

  it('takes a row once, and no second one on its concern', async () => {
    const run = randomUUID();
    const rows = [row(1), row(1), row(1, { team: 'other' }), row(4, { concern_ref: 'C1' }), row(5), row(6, { concern_ref: 'C2', opened_at: '' })];
    const counts = { read: 6, quarantined: 4, codes: { duplicate_reference: 1, 'contradiction:concern_ref': 1, 'unknown_reference:concern_ref': 1, 'missing_value:opened_at': 1 } };
    expect(await section42.import(rows, { id: run })).toMatchObject({ ...counts, imported: 1, repeated: 1, already_present: 0 });
    const before = await section42.told();
    expect(await section42.import(rows)).toMatchObject({ ...counts, imported: 0, repeated: 0, already_present: 2 });
    expect(await section42.told()).toEqual(before);
    expect(await section42.all.query('select count(*) as rows from quarantine')).toEqual([{ rows: 4 }]);
    expect(await section42.assumed(run)).toBe(2);
  });

  it('takes a mended row, which leaves one enquiry fewer to assume', async () => {
    await section42.import([row(1, { conducted_by: 'army' })]);
    expect(await section42.assumed()).toBe(3);
    const { items } = await section42.importer.quarantine.list(section42.all, 1, 10);
    const again = { id: randomUUID(), beganAt: NOW, isDry: false };
    expect(await section42.importer.mend(items[0]!.id, { cells: { ...row(1), conducted_by: 'police' }, staff }, again)).toEqual({ codes: [] });
    expect(await section42.all.query('select octet_length(cells) as bytes from quarantine')).toEqual([{ bytes: 0 }]);
    expect(await stands(1)).toMatchObject({ state: { story: { conductedBy: 'police', reference: 'E1' } } });
    expect(await section42.assumed()).toBe(2);
    expect(await section42.import([row(1, { conducted_by: 'army' })])).toMatchObject({ imported: 0, quarantined: 1 });
    expect(await section42.importer.quarantine.list(section42.all, 1, 10)).toEqual({ items: [], total: 0 });
    expect(await section42.all.query('select mended_by from quarantine')).toEqual([{ mended_by: 'staff-data-1' }]);
  });

  it('takes a row once when two mend it at the same moment', async () => {
    await section42.import([row(1, { conducted_by: 'army' })]);
    const { items } = await section42.importer.quarantine.list(section42.all, 1, 10);
    const mend = () => section42.importer.mend(items[0]!.id, { cells: row(1), staff }, { id: randomUUID(), beganAt: NOW, isDry: false });
    const ends = await Promise.allSettled([mend(), mend()]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'NotFound' } });
  });

  it('throws a dry run away', async () => {
    const run = randomUUID();
    expect(await section42.import([row(1), row(4, { concern_ref: 'C1' })], { id: run, isDry: true })).toMatchObject({ imported: 1, quarantined: 1 });
    expect(await section42.assumed(run)).toBe(2);
    await section42.importer.throwAway(run);
    expect([await section42.rows(), await section42.told(), await section42.assumed(run)]).toEqual([[], [], 3]);
  });

  it('throws away what a killed dry run left, a day later', async () => {
    const [killed, recent] = [randomUUID(), randomUUID()];
    await section42.import([row(1)], { id: killed, isDry: true });
    await section42.all.query(`update extract_row set held_at = held_at - interval '25 hours'`);
    await section42.import([row(1)], { id: recent, isDry: true });
    await section42.import([row(2)]);
    expect(await section42.all.query('select scope from extract_row order by reference')).toEqual([{ scope: recent }, { scope: keptScope }]);
  });

  it('is not stopped by what was done here meanwhile', async () => {
    const { id } = triage.concerns.get('C1')!;
    await section42.take(anImport(id, 's42_enquiry', '2025-01-01T09:00:00.000000Z'));
    const command = { type: 'AllocateEnquiry', at: '2025-01-02T09:00:00.000000Z', by: 'staff-manager-1', worker: 'staff-worker-1', team: 'north', openTo: [] } as const;
    const context = { authority: 'E06000062', actor: 'staff-manager-1', recordedAt: NOW };
    await section42.all.transaction((tx) => section42.enquiries.handle(tx, { recordId: enquiryIdOf(id), command, context }));
    expect(await section42.import([row(1, { allocated_at: '' }), row(2)])).toMatchObject({ imported: 2 });
    expect(await stands(1)).toMatchObject({ state: { status: 'allocated', allocation: { worker: 'staff-worker-1' }, story: { openedAt: '2025-06-02T09:00:00.000000Z' } } });
  });

  it('comes to the same while the decisions come in', async () => {
    const numbers = Array.from({ length: 300 }, (_, index) => index + 1);
    for (const number of numbers) triage.hold(`C${number}`);
    const decisions = numbers.toReversed().map((number) => anImport(triage.concerns.get(`C${number}`)!.id));
    const taking = Array.from({ length: 30 }, (_, index) => decisions.slice(index * 10, index * 10 + 10));
    const [imported] = await Promise.all([section42.import(numbers.map((number) => row(number))), ...taking.map((batch) => section42.take(...batch))]);
    expect(imported).toMatchObject({ imported: 300 });
    const rows = await section42.rows();
    expect(rows).toHaveLength(300);
    for (const one of rows) expect(one).toMatchObject({ status: 'allocated', is_assumed: false, opened_at: '2025-06-02T09:00:00.000000Z' });
  });

  it('takes the example whole', async () => {
    const file = (name: string) => gunzipSync(readFileSync(`examples/northamptonshire/${name}.csv.gz`));
    for (const concern of parse(file('concerns'), { columns: true }) as Record<string, string>[]) {
      triage.hold(concern['concern_ref']!, concern['triage_outcome'] as 's42_enquiry' | '' || null, concern['authority']!);
    }
    for (const number of [1, 2, 3]) triage.concerns.delete(`C${number}`);
    expect(await section42.importBytes(file('enquiries'))).toMatchObject({ read: 6296, imported: 6296, codes: {}, flags: {} });
    expect(await section42.assumed()).toBe(0);
    expect(await section42.all.query(`select status, count(*) as rows from enquiry group by status order by status`)).toEqual([
      { status: 'allocated', rows: 350 }, { status: 'concluded', rows: 5883 }, { status: 'open', rows: 63 },
    ]);
  }, 120_000);
});
