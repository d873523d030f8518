import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginSecret, dropSecret, isOfSite } from './site-secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'caseward-test-site-secrets-'));
const file = join(folder, 'staff-site.env');
const old = 'p0123456789012345678901234567890123456789';
const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n');
beforeEach(() => {
  rmSync(file, { force: true });
  writeFileSync(file, `SESSION_SECRET=${old}\nDATABASE_APP_URL=postgresql://there\n`, { mode: 0o640 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('changing the secret of a site', () => {
  it('puts a new one in and keeps the one before, for the eyes that could read it, and makes no third', () => {
    expect(beginSecret(file)).toEqual({ isBegun: false });
    const [now, before, ...rest] = lines();
    expect([now, before, rest]).toEqual([expect.stringMatching(/^SESSION_SECRET=[\da-f]{48}$/), `SESSION_SECRET_BEFORE=${old}`, ['DATABASE_APP_URL=postgresql://there']]);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(beginSecret(file)).toEqual({ isBegun: true });
    expect(lines()[0]).toBe(now);
  });

  it('lets the one before go', () => {
    beginSecret(file);
    const [now] = lines();
    dropSecret(file);
    expect(lines()).toEqual([now, 'DATABASE_APP_URL=postgresql://there']);
    dropSecret(file);
    expect(lines()).toHaveLength(2);
  });

  it('is not for other files', () => {
    writeFileSync(file, 'NATS_PASSWORD=p1\n');
    expect(() => beginSecret(file)).toThrow('has no SESSION_SECRET');
    expect(() => dropSecret(join(folder, 'nowhere.env'))).toThrow('cannot be read (ENOENT)');
    expect([isOfSite(file), isOfSite('deploy/secrets/triage.key')]).toEqual([true, false]);
  });
});
