import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshHome, keptHome, leftHomes } from './homes.ts';

let place: string;
beforeEach(() => (place = process.env['CASEWARD_BENCH_HOME'] = mkdtempSync(join(tmpdir(), 'caseward-bench-homes-'))));
afterEach(() => {
  delete process.env['CASEWARD_BENCH_HOME'];
  rmSync(place, { recursive: true });
});

const leaveFor = (folder: string, seconds: number): void => utimesSync(folder, Date.now() / 1_000, Date.now() / 1_000 - seconds);

describe('the homes of benches', () => {
  it('are left where nobody has changed them for a minute', () => {
    const [left, used] = [freshHome(), freshHome()];
    leaveFor(left, 61);
    leaveFor(used, 30);
    expect(leftHomes()).toContain(left);
    expect(leftHomes()).not.toContain(used);
  });

  it('are never left where they are kept', () => {
    const kept = keptHome('example');
    leaveFor(kept, 86_400);
    expect(leftHomes()).not.toContain(kept);
  });
});
