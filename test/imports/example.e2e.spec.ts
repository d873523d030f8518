import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences } from '../oracle/differences.ts';
import { shuffle } from '../oracle/shuffle.ts';
import { TestSystem } from '../system.ts';

const example = join(import.meta.dirname, '../../examples/northamptonshire');
const expected = JSON.parse(readFileSync(join(example, 'expected.json'), 'utf8'));

const system = new TestSystem();
const shuffled = mkdtempSync(join(tmpdir(), 'caseward-shuffled-'));
beforeAll(() => system.start(), 120_000);
afterAll(async () => {
  await system.remove();
  rmSync(shuffled, { recursive: true, force: true });
}, 60_000);

const report = async (): Promise<object> => JSON.parse((await system.run('report', '--as-of', '2025-07-31', '--json')).out);

interface Counts {
  read: number;
  imported: number;
  already_present: number;
  quarantined: number;
}

async function importAll(folder: string): Promise<Record<string, Counts>> {
  const { status, out, err } = await system.run('import', folder, '--json');
  if (status !== 0) throw new Error(err);
  return (JSON.parse(out) as { files: Record<string, Counts> }).files;
}

describe('the example extract, rows shuffled', () => {
  it('would be taken whole, says a dry run, which keeps nothing', async () => {
    const { status, out } = await system.run('import', example, '--dry-run', '--json');
    expect(status).toBe(0);
    for (const file of Object.values((JSON.parse(out) as { files: Record<string, Counts> }).files)) {
      expect(file).toMatchObject({ imported: file.read, quarantined: 0 });
    }
  }, 240_000);

  it('is taken whole, nothing quarantined', async () => {
    shuffle(example, shuffled, 7);
    for (const file of Object.values(await importAll(shuffled))) expect(file).toMatchObject({ imported: file.read, quarantined: 0, already_present: 0 });
  }, 240_000);

  it('gives exactly the published figures, for both authorities and for all', async () => {
    expect(differences(expected, await report())).toEqual([]);
  }, 120_000);

  it('changes nothing when it is imported again, in its own order', async () => {
    for (const file of Object.values(await importAll(example))) expect(file).toMatchObject({ imported: 0, already_present: file.read, quarantined: 0 });
    expect(differences(expected, await report())).toEqual([]);
  }, 240_000);
});
