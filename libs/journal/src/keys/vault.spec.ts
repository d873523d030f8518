import { createHmac } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyFile } from './key-file.js';
import { type KeyRing, withNewKey, withoutOldest, writeKeyRing } from './key-ring.js';
import { seal, unseal } from './seal.js';
import { NoKey, Vault, wrappedUnder } from './vault.js';

const old = Buffer.alloc(32, 7);
const record = '0198c6f0-0000-7000-8000-000000000001';
const first: KeyRing = { keys: [{ id: null, key: old }], kept: [] };

/** A source whose file somebody exchanges. */
function vaultOf(...rings: [KeyRing, ...KeyRing[]]) {
  const source = { read: () => rings[0], news: (): KeyRing | undefined => undefined };
  const vault = new Vault('triage', source);
  return { vault, exchange: (ring: KeyRing) => (source.news = () => ring) };
}

describe('the key of a record', () => {
  it('that was wrapped before keys had ids is unwrapped, under the old key alone and after a new one came', () => {
    const key = Buffer.alloc(32, 9);
    const wrapped = seal(old, `triage/record_key/${record}`, key);
    expect(wrappedUnder(wrapped)).toBeNull();
    for (const ring of [first, withNewKey(first)]) expect(vaultOf(ring).vault.unwrap(record, wrapped)).toEqual(key);
  });

  it('is wrapped under the first key, whose id it carries', () => {
    const ring = withNewKey(withNewKey(first));
    const { vault } = vaultOf(ring);
    const { key, wrapped } = vault.newKey(record);
    expect(wrappedUnder(wrapped)).toBe(ring.keys[0].id);
    expect(vault.unwrap(record, wrapped)).toEqual(key);
    expect(vaultOf({ ...ring, keys: [ring.keys[0]] }).vault.unwrap(record, wrapped)).toEqual(key);
  });

  it('is wrapped anew without being another', () => {
    const before = vaultOf(first).vault.newKey(record);
    const ring = withNewKey(first);
    const wrapped = vaultOf(ring).vault.wrappedAnew(record, before.wrapped);
    expect(vaultOf({ keys: [ring.keys[0]], kept: [] }).vault.unwrap(record, wrapped)).toEqual(before.key);
  });

  it('is opened by no other key, nor for another record', () => {
    const { wrapped } = vaultOf(first).vault.newKey(record);
    expect(() => vaultOf({ keys: [withNewKey(first).keys[0]], kept: [] }).vault.unwrap(record, wrapped)).toThrow(NoKey);
    expect(() => vaultOf(first).vault.unwrap('another', wrapped)).toThrow(NoKey);
    expect(() => vaultOf(first).vault.unwrap(record, Buffer.alloc(3))).toThrow(NoKey);
  });

  it('that another process wrapped under a key of which this one has not heard is unwrapped all the same', () => {
    const ring = withNewKey(first);
    const { vault, exchange } = vaultOf(first);
    const { key, wrapped } = vaultOf(ring).vault.newKey(record);
    exchange(ring);
    expect(vault.unwrap(record, wrapped)).toEqual(key);
    expect(vault.ids).toEqual([ring.keys[0].id, null]);
  });
});

describe('what a service encrypts itself', () => {
  it('is opened under whichever key, and closed anew under the first', () => {
    const before = vaultOf(first).vault.close('quarantine', 'row 1', 'cells');
    expect(before).toHaveLength(12 + 16 + 5);
    const ring = withNewKey(first);
    const { vault } = vaultOf(ring);
    const anew = vault.closedAnew('quarantine', 'row 1', before)!;
    expect(vault.closedAnew('quarantine', 'row 1', anew)).toBeUndefined();
    expect([before, anew].map((sealed) => vault.open('quarantine', 'row 1', sealed).toString())).toEqual(['cells', 'cells']);
    expect(vaultOf({ keys: [ring.keys[0]], kept: [] }).vault.open('quarantine', 'row 1', anew).toString()).toBe('cells');
  });

  it('is bound to its place and its purpose', () => {
    const { vault } = vaultOf(withNewKey(first));
    const sealed = vault.close('quarantine', 'row 1', 'cells');
    expect(() => vault.open('quarantine', 'row 2', sealed)).toThrow(NoKey);
    expect(() => vault.open('organisation named', 'row 1', sealed)).toThrow(NoKey);
  });
});

describe('HMACs', () => {
  it('are what they were under a key without an id', () => {
    const { vault } = vaultOf(first);
    expect(vault.hmac('narrative', 'words')).toEqual(createHmac('sha256', old).update('narrative\0words').digest());
    expect(vault.hmacText('narrative', 'words')).toBe(vault.hmac('narrative', 'words').toString('base64url'));
  });

  it('made under an old key are known for what they are, also once it was put aside', () => {
    const ring = withNewKey(withNewKey(first));
    const rings = [first, { ...ring, keys: [ring.keys[1]!, ring.keys[2]!] } as KeyRing, ring];
    const made = rings.map((one) => vaultOf(one).vault.hmacText('narrative', 'words'));
    expect(new Set(made).size).toBe(3);
    const aside = withoutOldest(withoutOldest(ring));
    expect(aside.keys).toHaveLength(1);
    const { vault } = vaultOf(aside);
    expect(made.map((hmac) => vault.isHmacText('narrative', 'words', hmac))).toEqual([true, true, true]);
    expect(made.map((hmac) => vault.isHmacText('narrative', 'others', hmac))).toEqual([false, false, false]);
  });

  it.each([[first], [withNewKey({ keys: [{ id: '00000001', key: old }], kept: [] })]])('by which something is found stay the same for good', (begun) => {
    const found = ({ vault }: { vault: Vault }): unknown[] => [vault.lastingHmac('mention', 'name'), vault.lastingKey('extract row').export()];
    let ring = begun;
    for (let turn = 0; turn < 3; turn += 1) ring = withoutOldest(withNewKey(ring));
    expect(found(vaultOf(ring))).toEqual(found(vaultOf(begun)));
  });
});

describe('a key file that is exchanged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caseward-test-keys-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is read again, and never half', () => {
    const path = join(folder, 'triage.key');
    writeFileSync(path, old.toString('base64'));
    const file = new KeyFile(path);
    expect(file.read().keys).toHaveLength(1);
    expect(file.news()).toBeUndefined();
    writeFileSync(`${path}.new`, writeKeyRing(withNewKey(first)));
    renameSync(`${path}.new`, path);
    expect(file.news()?.keys).toHaveLength(2);
    expect(file.news()).toBeUndefined();
    writeFileSync(path, '{"keys":[');
    expect(file.news()).toBeUndefined();
    rmSync(path);
    expect(file.news()).toBeUndefined();
    expect(() => new KeyFile(path)).not.toThrow();
    expect(() => new KeyFile(path).read()).toThrow('ENOENT');
  });
});

it('seals what only its own key opens', () => {
  expect(unseal(old, 'place', seal(old, 'place', 'words')).toString()).toBe('words');
  expect(() => unseal(old, 'elsewhere', seal(old, 'place', 'words'))).toThrow('authenticate');
});
