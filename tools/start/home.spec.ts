import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeyRing } from '#libs/journal';
import { Home } from './home.ts';
import { findRunning, type Running, writeRunning } from './running.ts';
import { keyFile, openSecrets } from './secrets.ts';

const mode = (path: string): number => statSync(path).mode & 0o777;

describe('a home', () => {
  let folder: string;
  let home: Home;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caseward-home-'));
    home = new Home(join(folder, 'home'));
    home.prepare();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is run on by one start at a time', async () => {
    const unlock = await home.lock();
    await expect(new Home(home.folder).lock()).rejects.toThrow(/already running on .*; see .*running\.json/);
    expect(await home.isLocked()).toBe(true);
    unlock();
    expect(await home.isLocked()).toBe(false);
  });

  it('cannot be where a file is', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => new Home(join(file, 'home')).prepare()).toThrow('cannot be written');
  });

  it('lets others pass but not look, and keeps what is secret to its owner', () => {
    openSecrets(home)('one');
    expect(mode(home.folder)).toBe(0o711);
    expect(mode(home.secretsFolder)).toBe(0o700);
    expect(mode(join(home.secretsFolder, 'secrets.json'))).toBe(0o600);
    expect(mode(keyFile(home, 'triage'))).toBe(0o600);
  });

  it('keeps its secrets from one start to the next', () => {
    const secret = openSecrets(home)('one');
    const key = readFileSync(keyFile(home, 'triage'), 'utf8');
    expect(openSecrets(home)('one')).toBe(secret);
    expect(readFileSync(keyFile(home, 'triage'), 'utf8')).toBe(key);
    expect(readKeyRing(key)).toEqual({ keys: [{ id: expect.stringMatching(/^[0-9a-f]{8}$/), key: expect.any(Buffer) }], kept: [] });
  });

  it('says what runs only while it runs', async () => {
    const running: Running = { sites: { partner: 'p', staff: 's' }, identity: { issuer: 'i', audience: 'a', isLocal: true }, services: {}, nats: { url: 'n', pid: 1 }, postgres: { url: 'd', pid: 2 } };
    writeRunning(home, running);
    expect(await findRunning(home)).toBeUndefined();
    const unlock = await home.lock();
    expect(await findRunning(home)).toEqual(running);
    unlock();
  });

  it('may lie below a folder that only its owner enters', () => {
    chmodSync(folder, 0o700);
    expect(() => home.prepare()).not.toThrow();
  });
});
