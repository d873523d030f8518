import { HeldUp } from './held-up.js';

describe('messages that the broker keeps for later', () => {
  let now = 0;
  const heldUp = new HeldUp(() => now);

  it('are counted once, from when each was first refused, until they are taken', () => {
    heldUp.add(['triage/1', 'triage/2']);
    now = 61_000;
    heldUp.add(['triage/1', 'triage/3']);
    expect(heldUp.waiting()).toEqual({ messages: 3, oldestSeconds: 61 });
    heldUp.remove(['triage/1', 'triage/2']);
    expect(heldUp.waiting()).toEqual({ messages: 1, oldestSeconds: 0 });
  });

  it('are forgotten where another process has taken them', () => {
    now += 151_000;
    expect(heldUp.waiting()).toEqual({ messages: 0, oldestSeconds: 0 });
  });
});
