import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { bytesOf, type FileReport, judgeExtract, type Rows } from '../../../test/oracle/judge.ts';
import { example, spoil } from '../../../test/oracle/spoil.ts';
import { DolsService } from './dols-service.js';
import { FakePeople } from './fake-people.js';

const beganAt = '2026-08-01T00:00:00.000000Z';
const counts = ({ unknown_columns: _columns, ...rest }: { unknown_columns: string[] } & FileReport): FileReport => rest;

describe('importing dols.csv', () => {
  let people: FakePeople;
  let dols: DolsService;
  let held: Rows;
  const folder = mkdtempSync(join(tmpdir(), 'caseward-test-spoiled-'));
  beforeAll(async () => {
    people = await FakePeople.start();
    dols = await DolsService.start(people.url);
  }, 60_000);
  afterAll(async () => {
    await dols.close();
    people.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes the whole example once, and the second time nothing', async () => {
    const { report, rows } = judgeExtract(example, beganAt);
    held = rows;
    people.rows = rows.people;
    const csv = new Uint8Array(bytesOf(example, 'dols')!);
    const first = await dols.import(csv, { beganAt });
    expect(first.quarantined).toBe(0);
    expect(counts(first)).toEqual(report.files.dols);
    expect(await dols.import(csv, { beganAt })).toMatchObject({ read: first.read, imported: 0, already_present: first.read });
  }, 120_000);

  it('keeps free text encrypted, and out of the journal', async () => {
    const client = new Client({ connectionString: dols.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query(`select 1 from dols.journal as t where t::text ~ 'Home \\d\\d' limit 1`);
    const { rows: kept } = await client.query(`select count(*)::int as texts from dols.narrative`);
    await client.end();
    expect(rows).toEqual([]);
    expect(kept[0].texts).toBeGreaterThan(1_000);
  });

  it('tells the directory which organisations it names, each once and page by page', async () => {
    const named: { id: number; authority: string; kind: null; name: string }[] = [];
    for (let after = 0; ; ) {
      const items = (await dols.ask('GET', `/internal/organisations-named?after=${after}&limit=100`, undefined, { as: 'directory' })).body['items'] as typeof named;
      if (items.length === 0) break;
      named.push(...items);
      after = items.at(-1)!.id;
    }
    expect(named.length).toBeGreaterThan(100);
    expect(new Set(named.map(({ authority, name }) => `${authority} ${name}`)).size).toBe(named.length);
    expect(named).toContainEqual({ id: expect.any(Number), authority: 'E06000062', kind: null, name: 'Home 09' });
    const client = new Client({ connectionString: dols.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query(`select 1 from dols.organisation_named as t where position(convert_to('Home', 'UTF8') in name) > 0`);
    await client.end();
    expect(rows).toEqual([]);
  });

  it.each([[undefined], [1], [2]])('accounts for every row of an extract spoiled with seed %s', async (seed) => {
    const spoiled = join(folder, String(seed));
    spoil(spoiled, seed === undefined ? {} : { seed });
    const { report, rows } = judgeExtract(spoiled, beganAt, held);
    people.rows = rows.people;
    const csv = bytesOf(spoiled, 'dols');
    const before = await heldReferences();
    const dry = csv && (await dols.import(new Uint8Array(csv), { beganAt, dryRun: true }));
    expect(dry && counts(dry)).toEqual(report.files.dols);
    expect(await heldReferences()).toBe(before);
  }, 60_000);

  async function heldReferences(): Promise<number> {
    const client = new Client({ connectionString: dols.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query(`select count(*)::int as held from dols.dols_request`);
    await client.end();
    return rows[0].held;
  }
});
