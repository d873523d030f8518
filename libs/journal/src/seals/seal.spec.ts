import { createSecretKey } from 'node:crypto';
import { assert, nat, property, string } from 'fast-check';
import type { NamedKey, PurposeKeys } from '../keys/vault.js';
import { numberIn, readSeal, type Seal, signed } from './seal.js';

const named = (byte: number, id: string | null = null): NamedKey => ({ id, key: createSecretKey(Buffer.alloc(32, byte)) });
const keysOf = (...all: NamedKey[]): PurposeKeys => ({ current: () => all[0]!, all: () => all, find: (id) => all.find((one) => one.id === id)?.key });
const key = named(7);
const keys = keysOf(key);
const part = { after: 0, upTo: 3, rows: 3, root: 'cm9vdA', positions: '1-3', marks: 'bWFya3MxbWFya3MybWFya3Mz' };
const seal: Seal = { service: 'triage', number: 12, sealedAt: '2026-06-01T09:00:00.000000Z', previous: null, logs: { journal: part } };

describe('a seal', () => {
  it('reads back from its line as it was', () => {
    const { line, hmac } = signed(key, seal);
    expect(readSeal(keys, line)).toEqual({ seal, hmac, line });
    expect(numberIn(line)).toBe(12);
  });

  it('is not genuine under another key', () => {
    expect(readSeal(keysOf(named(8)), signed(key, seal).line)).toBeUndefined();
  });

  it('says which key it is under, and is judged by that one whatever came after it', () => {
    const [old, made] = [named(7), named(9, 'aabbccdd')];
    const [before, after] = [signed(old, seal), signed(made, seal)];
    expect([before.seal.key, after.seal.key]).toEqual([undefined, 'aabbccdd']);
    expect([before, after].map(({ line }) => readSeal(keysOf(made, old), line))).toEqual([before, after]);
    expect(readSeal(keysOf(old), after.line)).toBeUndefined();
    expect(readSeal(keysOf({ ...old, id: 'aabbccdd' }), after.line)).toBeUndefined();
  });

  it('is not genuine with any one character changed', () => {
    const { line } = signed(key, seal);
    assert(
      property(nat(line.length - 1), string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const changed = line.slice(0, at) + character + line.slice(at + 1);
        expect(readSeal(keys, changed)?.seal).toEqual(changed === line ? seal : undefined);
      }),
    );
  });

  it.each(['', 'null', '7', '[]', '{"number":1,"hmac":7}', '{"hmac":""}', 'rubbish'])('is not %p', (line) => {
    expect(readSeal(keys, line)).toBeUndefined();
  });
});
