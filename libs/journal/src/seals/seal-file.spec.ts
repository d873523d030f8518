import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SealFile } from './seal-file.js';

let folder: string;
let file: SealFile;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'caseward-test-seals-'));
  file = new SealFile(join(folder, 'new', 'seals.jsonl'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lines = () => Array.fromAsync(file.lines());

describe('the seal file', () => {
  it('is empty where there is none yet', async () => {
    expect([await lines(), await file.lastLine()]).toEqual([[], undefined]);
  });

  it('keeps lines in order, for nobody else to read', async () => {
    for (const line of ['one', 'two', 'x'.repeat(200_000)]) await file.append(line);
    expect(await lines()).toEqual(['one', 'two', 'x'.repeat(200_000)]);
    expect(await file.lastLine()).toBe('x'.repeat(200_000));
    expect(statSync(file.path).mode & 0o077).toBe(0);
  });

  it('does not take what a crash left of a line for a line, and goes on after it', async () => {
    await file.append('one');
    await file.append('two');
    truncateSync(file.path, 'one\ntw'.length);
    expect(await file.lastLine()).toBe('one');
    await file.append('two');
    expect(readFileSync(file.path, 'utf8')).toBe('one\ntw\ntwo\n');
  });

  it('has no last line where nothing but a piece is there', async () => {
    await file.append('one');
    truncateSync(file.path, 2);
    expect(await file.lastLine()).toBeUndefined();
    appendFileSync(file.path, '\n');
    expect(await file.lastLine()).toBe('on');
  });

  it('says so where it cannot be written', async () => {
    await expect(new SealFile(folder).append('one')).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
