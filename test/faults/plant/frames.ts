import { Transform } from 'node:stream';
import type { Random } from '../../oracle/random.ts';

/** Splits what a NATS server says into its messages and everything else between them. */
export function* frames(rest: Buffer): Generator<Buffer, Buffer> {
  for (;;) {
    const end = rest.indexOf('\r\n');
    if (end < 0) return rest;
    const line = rest.toString('latin1', 0, end);
    const size = /^H?MSG /.test(line) ? end + 2 + Number(line.slice(line.lastIndexOf(' ') + 1)) + 2 : end + 2;
    if (rest.length < size) return rest;
    yield rest.subarray(0, size);
    rest = rest.subarray(size);
  }
}

/** A message of a stream to a consumer, as opposed to anything else that a server says. */
const isDelivery = (frame: Buffer): boolean => /^H?MSG \S+ \S+ \$JS\.ACK\./.test(frame.toString('latin1', 0, 300));

/** Sends a share of the deliveries twice, and holds up a share so that later ones overtake them. */
export function shuffling(random: Random, { twice = 0.25, late = 0.4, mostMs = 400 } = {}): Transform {
  let rest: Buffer = Buffer.alloc(0);
  const late_ = (stream: Transform, frame: Buffer): void => {
    setTimeout(() => stream.destroyed || stream.push(frame), random.below(mostMs)).unref();
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const found = frames(Buffer.concat([rest, chunk]));
      let step = found.next();
      for (; !step.done; step = found.next()) {
        const frame = Buffer.from(step.value);
        if (!isDelivery(frame)) {
          this.push(frame);
          continue;
        }
        if (random.happens(late)) late_(this, frame);
        else this.push(frame);
        if (random.happens(twice)) late_(this, frame);
      }
      rest = Buffer.from(step.value);
      done();
    },
  });
}
