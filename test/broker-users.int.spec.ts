import { connect, type NatsConnection } from '@nats-io/transport-node';
import { advisorySubjects, connectBroker, durableName, healthStream, reads, setUpStreams, type Stream, streams } from '#libs/messaging';
import { testBroker, type TestBroker } from '#libs/testing';
import { type ServiceName, serviceNames } from '../tools/start/services.ts';

/** Every durable there is, with whose it is. */
const durables = serviceNames.flatMap((service) => (reads[service] ?? []).map((stream) => ({ service, stream, durable: durableName(service, stream) })));
/** A subject of every kind of record, with the stream that holds it. */
const subjects = (Object.keys(streams) as Stream[]).flatMap((stream) => streams[stream].map((subject) => ({ stream, subject: subject.replace('>', 'tried.v1') })));

let broker: TestBroker;
const connections = new Map<ServiceName, NatsConnection>();
beforeAll(async () => {
  broker = await testBroker();
  await setUpStreams({ url: broker.url, ...broker.login('set-up') }, { maxBytes: 2 ** 24 });
  for (const service of serviceNames) connections.set(service, await connectBroker({ url: broker.url, ...broker.login(service) }, 'test'));
}, 60_000);
afterAll(async () => {
  for (const connection of connections.values()) await connection.close();
  await broker?.close();
});

/** Whether the broker refuses this user what it asks; whatever else it answers is an answer. */
async function isRefused(service: ServiceName, subject: string, body: object = {}): Promise<boolean> {
  try {
    await connections.get(service)!.request(subject, JSON.stringify(body), { timeout: 5_000 });
    return false;
  } catch (error) {
    return saysRefused(error);
  }
}

function saysRefused(error: unknown): boolean {
  const { message, cause } = error as Error;
  if (/permissions violation/i.test(`${message} ${(cause as Error | undefined)?.message}`)) return true;
  throw error;
}

/** Whether the broker refuses this user to listen. */
function mayNotHear(service: ServiceName, subject: string): Promise<boolean> {
  const connection = connections.get(service)!;
  return new Promise((resolve, reject) => {
    const heard = connection.subscribe(subject, { callback: (error) => (error && saysRefused(error) ? resolve(true) : undefined) });
    // What is refused is said before the answer to what is asked after it.
    connection.flush().then(() => setImmediate(() => {
      heard.unsubscribe();
      resolve(false);
    }), reject);
  });
}

async function notAsExpected<Tried>(all: readonly Tried[], isOwn: (one: Tried) => boolean, isKeptFrom: (one: Tried) => Promise<boolean>): Promise<Tried[]> {
  const wrong: Tried[] = [];
  for (const one of all) if ((await isKeptFrom(one)) === isOwn(one)) wrong.push(one);
  return wrong;
}

describe.each([...serviceNames])('the broker user of %s', (service) => {
  it('takes from its own durables, and knows of no other', async () => {
    const calls = (stream: string, durable: string) => [`$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`, `$JS.API.CONSUMER.INFO.${stream}.${durable}`];
    const tried = durables.flatMap((one) => calls(one.stream, one.durable).map((call) => ({ ...one, call })));
    expect(await notAsExpected(tried, (one) => one.service === service, ({ call }) => isRefused(service, call, { no_wait: true, batch: 1 }))).toEqual([]);
  });

  it('acknowledges nothing of another', async () => {
    const others = durables.filter((one) => one.service !== service);
    expect(await notAsExpected(others, () => false, ({ stream, durable }) => isRefused(service, `$JS.ACK.${stream}.${durable}.1.1.1.1.0`))).toEqual([]);
  });

  it('makes, changes and empties nothing, not of its own either', async () => {
    const names = [...Object.keys(streams), healthStream.name];
    const ofStreams = names.flatMap((name) => ['CREATE', 'UPDATE', 'DELETE', 'PURGE', 'MSG.DELETE', 'SNAPSHOT', 'RESTORE'].map((call) => `$JS.API.STREAM.${call}.${name}`));
    const ofDurables = durables.flatMap(({ stream, durable }) => [`CREATE.${stream}.${durable}`, `DURABLE.CREATE.${stream}.${durable}`, `DELETE.${stream}.${durable}`, `CREATE.${stream}`].map((call) => `$JS.API.CONSUMER.${call}`));
    expect(await notAsExpected([...ofStreams, ...ofDurables, '$JS.API.STREAM.NAMES', '$JS.API.STREAM.LIST'], () => false, (subject) => isRefused(service, subject))).toEqual([]);
  });

  it('hears its own answers and what is said of its own durables, and nothing else', async () => {
    const inboxes = serviceNames.map((name) => ({ of: name, subject: `_INBOX_${name}.>` }));
    const advisories = durables.flatMap((one) => advisorySubjects(one.stream, one.durable).map((subject) => ({ of: one.service, subject })));
    const everything = ['>', '_INBOX.>', '$JS.EVENT.>', '$SYS.>', 'safeguarding.>', ...subjects.map(({ subject }) => subject)].map((subject) => ({ of: undefined, subject }));
    expect(await notAsExpected([...inboxes, ...advisories, ...everything], (one) => one.of === service, ({ subject }) => mayNotHear(service, subject))).toEqual([]);
  });
});

// Last: a message that waits would be given to whoever asks above.
describe.each([...serviceNames])('the broker user of %s', (service) => {
  it('tells of its own records and of nobody else’s', async () => {
    expect(await notAsExpected(subjects, ({ stream }) => stream === service, ({ subject }) => isRefused(service, subject))).toEqual([]);
  });
});

describe('whoever is no user of the broker', () => {
  it.each([['nobody', {}], ['a service without its password', { user: 'triage', pass: 'another' }]])('is not let in: %s', async (_who, login) => {
    await expect(connect({ servers: broker.url, ...login, reconnect: false, timeout: 2_000 })).rejects.toThrow(/authorization/i);
  });
});
