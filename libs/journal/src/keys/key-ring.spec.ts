import { createHmac } from 'node:crypto';
import { derived, newServiceKey, readKeyRing, withNewKey, withoutOldest, writeKeyRing } from './key-ring.js';

const old = Buffer.alloc(32, 7);
const [one, two] = [{ id: '00000001', key: Buffer.alloc(32, 1) }, { id: '00000002', key: Buffer.alloc(32, 2) }];

describe('a key file', () => {
  it('of one key in base64, as it was before, holds one key without an id', () => {
    expect(readKeyRing(`${old.toString('base64')}\n`)).toEqual({ keys: [{ id: null, key: old }], kept: [] });
  });

  it('reads back as it was written', () => {
    const ring = { keys: [two, one, { id: null, key: old }] as const, kept: [{ id: 'aabbccdd', purpose: 'seal', key: old }] };
    expect(readKeyRing(writeKeyRing({ ...ring, keys: [...ring.keys] }))).toEqual(ring);
  });

  it.each(['', '{}', '{"keys":[]}', 'rubbish', Buffer.alloc(16).toString('base64'), '{"keys":[{"key":"AAAA"}]}', `{"keys":[{"id":"x","key":"${old.toString('base64')}"}]}`])('is not %p', (text) => {
    expect(() => readKeyRing(text)).toThrow(/32 bytes|Invalid|expected|Too small/);
  });

  it('names no two keys alike', () => {
    expect(() => readKeyRing(writeKeyRing({ keys: [one, one], kept: [] }))).toThrow('two keys have one id');
  });
});

describe('changing a key', () => {
  it('puts the new one first, and another each time', () => {
    const ring = withNewKey(withNewKey({ keys: [one], kept: [] }));
    expect(ring.keys).toHaveLength(3);
    expect(ring.keys.at(-1)).toBe(one);
    expect(new Set(ring.keys.map(({ id }) => id)).size).toBe(3);
    expect(newServiceKey().key).not.toEqual(newServiceKey().key);
  });

  it('leaves nothing of an old one that would unwrap', () => {
    const { keys, kept } = withoutOldest({ keys: [two, one], kept: [] });
    expect(keys).toEqual([two]);
    expect(kept.map(({ purpose }) => purpose)).toEqual(['seal', 'extract row', 'digest/narrative', 'digest/idempotency', 'digest/organisation named', 'digest/mention', 'digest/second look']);
    for (const { key } of kept) expect([one.key, derived(one, 'record key'), derived(one, 'quarantine'), derived(one, 'person token')]).not.toContainEqual(key);
  });

  it('keeps what was put aside last before what was put aside earlier', () => {
    const ring = withoutOldest(withNewKey(withoutOldest({ keys: [two, one], kept: [] })));
    expect(ring.kept.filter(({ purpose }) => purpose === 'seal').map(({ id }) => id)).toEqual([two.id, one.id]);
  });

  it('never takes away the last one', () => {
    expect(withoutOldest({ keys: [one], kept: [] })).toEqual({ keys: [one], kept: [] });
  });
});

describe('the keys that follow from a key', () => {
  it('are others for each purpose and each key', () => {
    const all = [one, two, { id: null, key: old }].flatMap((key) => ['record key', 'seal', 'person token'].map((purpose) => derived(key, purpose).toString('hex')));
    expect(new Set(all).size).toBe(9);
  });

  it('are what they were, where it has no id', () => {
    const nameless = { id: null, key: old };
    expect(derived(nameless, 'record key')).toBe(old);
    expect(derived(nameless, 'seal')).toEqual(createHmac('sha256', old).update('key\0seal').digest());
  });
});
