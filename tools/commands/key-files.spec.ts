import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeyRing } from '#libs/journal';
import { beginChange, finishChange, olderKeys } from './key-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'caseward-test-key-files-'));
const file = join(folder, 'triage.key');
const old = Buffer.alloc(32, 7);
const ring = () => readKeyRing(readFileSync(file, 'utf8'));
beforeEach(() => {
  rmSync(file, { force: true });
  writeFileSync(file, `${old.toString('base64')}\n`, { mode: 0o444 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('changing the key of a file', () => {
  it('puts a new one before the one from before keys had ids, for the eyes that could read it', () => {
    const { under, isBegun } = beginChange(file);
    expect(isBegun).toBe(false);
    expect(ring().keys).toEqual([{ id: under, key: expect.any(Buffer) }, { id: null, key: old }]);
    expect(statSync(file).mode & 0o777).toBe(0o444);
  });

  it('makes no third one while a change waits to be finished', () => {
    const { under } = beginChange(file);
    expect(beginChange(file)).toEqual({ under, isBegun: true });
    expect(ring().keys).toHaveLength(2);
  });

  it('takes the old one out once nothing needs it, but for its proofs', () => {
    const { under } = beginChange(file);
    expect(olderKeys(file)).toEqual([null]);
    expect(finishChange(file, [])).toBe(1);
    expect(ring().keys).toHaveLength(2);
    expect(finishChange(file, [null])).toBe(0);
    expect(ring().keys.map(({ id }) => id)).toEqual([under]);
    expect(ring().kept.map(({ purpose }) => purpose)).toContain('seal');
  });

  it('takes none out before an older one that is still needed', () => {
    writeFileSync(`${file}.2`, '');
    const first = beginChange(file).under;
    finishChange(file, [null]);
    const second = beginChange(file).under;
    expect(finishChange(file, [second])).toBe(1);
    expect(ring().keys.map(({ id }) => id)).toEqual([second, first]);
  });

  it('says what is no key file', () => {
    expect(() => beginChange(join(folder, 'none'))).toThrow('cannot be read (ENOENT)');
    expect(() => beginChange(`${file}.2`)).toThrow('is no key file');
  });
});
