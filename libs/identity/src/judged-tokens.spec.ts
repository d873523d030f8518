import type { Bearer } from './bearer.js';
import { JudgedTokens } from './judged-tokens.js';

const bearer: Bearer = { kind: 'person', account: { tid: 't', oid: 'o' }, clientId: 'staff-site', roles: [], scopes: ['casework'], stepUps: [], provedAt: 0 };

describe('tokens that were judged', () => {
  let now = 1_000_000;
  const judged = new JudgedTokens(() => now);

  it('are known again for a minute', () => {
    judged.keep('a.b.c', { bearer, expiresAt: now + 300_000 });
    now += 59_999;
    expect(judged.find('a.b.c')).toBe(bearer);
    expect(judged.find('a.b.d')).toBeUndefined();
    now += 1;
    expect(judged.find('a.b.c')).toBeUndefined();
  });

  it('are not known beyond the time to which they hold', () => {
    judged.keep('d.e.f', { bearer, expiresAt: now + 5_000 });
    now += 5_000;
    expect(judged.find('d.e.f')).toBeUndefined();
  });

  it('are let go when there are many, the longest known first', () => {
    for (let n = 0; n <= 10_000; n += 1) judged.keep(`x.${n}.y`, { bearer, expiresAt: now + 300_000 });
    expect(judged.find('x.0.y')).toBeUndefined();
    expect(judged.find('x.1.y')).toBe(bearer);
  });
});
