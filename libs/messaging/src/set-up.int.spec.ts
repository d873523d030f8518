import { jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { type TestBroker, testBroker } from '#libs/testing';
import { connectBroker, durableName, reads, setUpStreams } from './index.js';

let broker: TestBroker;
beforeEach(async () => void (broker = await testBroker()));
afterEach(() => broker.close());

describe('setting up the broker', () => {
  it('brings what an older version made up to date, and loses nothing of it', async () => {
    const address = { url: broker.url, ...broker.login('set-up') };
    await setUpStreams(address, { maxBytes: 2 ** 26 });
    const connection = await connectBroker(address, 'test');
    const manager = await jetstreamManager(connection);
    const durables = Object.entries(reads).flatMap(([service, all]) => all.map((stream) => ({ stream, durable: durableName(service, stream) })));
    const consumers = () => Promise.all(durables.map(({ stream, durable }) => manager.consumers.info(stream, durable)));
    const made = await consumers();
    for (const { stream, durable } of durables) await manager.consumers.update(stream, durable, { ack_wait: nanos(60_000), max_ack_pending: 100 });
    await manager.streams.update('people', { max_bytes: 2 ** 20 });
    await setUpStreams(address, { maxBytes: 2 ** 26 });
    expect(await consumers()).toMatchObject(made.map(({ created, config }) => ({ created, config })));
    expect((await manager.streams.info('people')).config.max_bytes).toBe(2 ** 26);
    await connection.close();
  });

  it('leaves what it made as it is, however often both are started: a stream of another date would be one to fill again', async () => {
    const address = { url: broker.url, ...broker.login('set-up') };
    const made: string[] = [];
    for (let start = 0; start < 3; start += 1) {
      await setUpStreams(address, { maxBytes: 2 ** 26 });
      const connection = await connectBroker(address, 'test');
      made.push((await (await jetstreamManager(connection)).streams.info('people')).created);
      await connection.close();
      await broker.kill();
      await broker.start();
    }
    expect(new Set(made).size).toBe(1);
  });
});
