import { unreadable } from './invalid.js';

describe('a body that cannot be read', () => {
  it('is one nested too deep, however deep', () => {
    expect(unreadable(JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`))).toContain('nested');
    expect(unreadable(JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`))).toContain('nested');
  });

  it('is one with half a character, in a value or a key', () => {
    expect(unreadable({ words: ['\ud800'] })).toContain('half a character');
    expect(unreadable({ '\ud800': 1 })).toContain('half a character');
  });

  it('is no other', () => {
    expect(unreadable({ words: ['Ann 👍', null, 1], more: { deep: [[[[]]]] } })).toBeUndefined();
    expect(unreadable(undefined)).toBeUndefined();
    expect(unreadable(new Date())).toBeUndefined();
  });
});
