import { createSecretKey } from 'node:crypto';
import { assert, nat, property, string } from 'fast-check';
import { numberIn, readSeal, type Seal, signed } from './seal.js';

const key = createSecretKey(Buffer.alloc(32, 7));
const part = { after: 0, upTo: 3, rows: 3, root: 'cm9vdA', positions: '1-3', marks: 'bWFya3MxbWFya3MybWFya3Mz' };
const seal: Seal = { service: 'triage', number: 12, sealedAt: '2026-06-01T09:00:00.000000Z', previous: null, logs: { journal: part } };

describe('a seal', () => {
  it('reads back from its line as it was', () => {
    const { line, hmac } = signed(key, seal);
    expect(readSeal(key, line)).toEqual({ seal, hmac, line });
    expect(numberIn(line)).toBe(12);
  });

  it('is not genuine under another key', () => {
    expect(readSeal(createSecretKey(Buffer.alloc(32, 8)), signed(key, seal).line)).toBeUndefined();
  });

  it('is not genuine with any one character changed', () => {
    const { line } = signed(key, seal);
    assert(
      property(nat(line.length - 1), string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const changed = line.slice(0, at) + character + line.slice(at + 1);
        expect(readSeal(key, changed)?.seal).toEqual(changed === line ? seal : undefined);
      }),
    );
  });

  it.each(['', 'null', '7', '[]', '{"number":1,"hmac":7}', '{"hmac":""}', 'rubbish'])('is not %p', (line) => {
    expect(readSeal(key, line)).toBeUndefined();
  });
});
