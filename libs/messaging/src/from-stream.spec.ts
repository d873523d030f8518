import { jest } from '@jest/globals';
import type { JsMsg } from '@nats-io/jetstream';
import { type Delivered, FromStream } from './from-stream.js';
import { HeldUp } from './held-up.js';
import type { Letter } from './origin.js';

/** A message that the broker has brought so often already. */
function delivered(seq: number, deliveryCount = 1): Delivered & { message: { nak: jest.Mock; ack: jest.Mock; term: jest.Mock } } {
  const message = { seq, subject: 'safeguarding.concern.received.v1', info: { stream: 'triage', deliveryCount }, nak: jest.fn(), ack: jest.fn(), term: jest.fn() };
  return { message: message as unknown as JsMsg, contract: { id: `${seq}:v1`, subject: `record-${seq}` }, handler: () => undefined } as never;
}

function fromStream() {
  const letters: Letter[] = [];
  const intake = { take: async () => undefined, setAside: async (letter: Letter) => letters.push(letter) > 0 };
  const parking = { park: async () => undefined, taken: async () => undefined };
  return { letters, origin: new FromStream({ intake, onTrouble: () => undefined, onSetAside: () => undefined }, parking, new HeldUp()) };
}

describe('a message that fails', () => {
  it('is set aside after eight failures, with as many attempts', async () => {
    const { origin, letters } = fromStream();
    for (let time = 1; time <= 7; time += 1) await origin.failed(delivered(1, time), new Error('no'));
    expect(letters).toEqual([]);
    const last = delivered(1, 8);
    await origin.failed(last, new Error('no'));
    expect(letters).toMatchObject([{ messageId: '1:v1', attempts: 8 }]);
    expect(last.message.term).toHaveBeenCalled();
  });

  it('has all its tries, however often it waited for somebody who was away', async () => {
    const { origin, letters } = fromStream();
    for (let time = 1; time <= 20; time += 1) await origin.wait([delivered(1, time)], new Error('away'));
    const first = delivered(1, 21);
    await origin.failed(first, new Error('no'));
    expect(letters).toEqual([]);
    expect(first.message.nak).toHaveBeenCalledWith(200);
  });

  it('begins anew when it was taken in between, and others do not count for it', async () => {
    const { origin, letters } = fromStream();
    for (let time = 1; time <= 7; time += 1) await origin.failed(delivered(1), new Error('no'));
    await origin.done([delivered(1)]);
    await origin.failed(delivered(1), new Error('no'));
    await origin.failed(delivered(2), new Error('no'));
    expect(letters).toEqual([]);
  });
});
