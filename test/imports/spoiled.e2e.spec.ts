import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences } from '../oracle/differences.ts';
import { judgeExtract, noRows } from '../oracle/judge.ts';
import { report } from '../oracle/report.ts';
import type { Rows } from '../oracle/run.ts';
import { spoil } from '../oracle/spoil.ts';
import { TestSystem } from '../system.ts';

const system = new TestSystem();
const folder = mkdtempSync(join(tmpdir(), 'caseward-spoiled-'));
let held: Rows = noRows();

beforeAll(() => system.start(), 120_000);
afterAll(async () => {
  await system.remove();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** The order in which refused columns are named says nothing. */
const comparable = (given: object): unknown =>
  JSON.parse(JSON.stringify(given), (key, value: unknown) => (key === 'refused' && Array.isArray(value) ? value.map(String).toSorted() : value));

async function importAndCompare(name: string): Promise<void> {
  const began = new Date().toISOString();
  const { status, out, err } = await system.run('import', join(folder, name), '--json');
  if (out === '') throw new Error(err);
  const judgement = judgeExtract(join(folder, name), began, held);
  const isRefused = Object.values(judgement.report.files).some((file) => file?.refused);
  expect(status).toBe(isRefused ? 1 : 0);
  held = judgement.rows;
  expect(differences(comparable(judgement.report), comparable(JSON.parse(out)))).toEqual([]);
}

describe('spoiled extracts, one after another into one system', () => {
  it('accounts for every code and flag, each alone and beside others', async () => {
    spoil(join(folder, 'all'), {});
    await importAndCompare('all');
  }, 240_000);

  it('does so again for the same folder, where nothing is new', () => importAndCompare('all'), 240_000);

  it.each([1, 2, 3, 4])('accounts for sprinkled faults, seed %d', async (seed) => {
    spoil(join(folder, `seed-${seed}`), { seed, rows: 300 });
    expect(readdirSync(join(folder, `seed-${seed}`))).not.toEqual([]);
    await importAndCompare(`seed-${seed}`);
  }, 240_000);

  it.each(['2024-02-29', '2025-07-31', '2026-11-01'])('reports rightly on what remains, as of %s', async (asOf) => {
    const { status, out, err } = await system.run('report', '--as-of', asOf, '--json');
    if (status !== 0) throw new Error(err);
    expect(differences(report(held, asOf, {}), JSON.parse(out))).toEqual([]);
  }, 120_000);
});
