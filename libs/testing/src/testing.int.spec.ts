import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { type TestBroker, testBroker, type TestDatabase, testDatabase } from './index.js';

const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('a suite’s own database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it('lets a service migrate and use its own schema', async () => {
    await ask(database.url('triage', 'migrate'), 'create table seen (id int); grant select on seen to triage_app');
    expect(await ask(database.url('triage', 'app'), 'select count(*)::int as rows from seen')).toEqual([{ rows: 0 }]);
  });

  it('keeps a service out of another’s schema', async () => {
    await ask(database.url('people', 'migrate'), 'create table known (id int)');
    await expect(ask(database.url('triage', 'app'), 'select from people.known')).rejects.toThrow('permission denied');
    await expect(ask(database.url('triage', 'app'), 'create table mine (id int)')).rejects.toThrow('permission denied');
  });

  it('reads times in UTC', async () => {
    expect(await ask(database.url('dols', 'app'), 'show timezone')).toEqual([{ TimeZone: 'UTC' }]);
  });

  it('is refused when its name does not say that it is for tests', async () => {
    await expect(testDatabase('caseward')).rejects.toThrow('lacks "test"');
  });
});

describe('a suite’s own broker', () => {
  let broker: TestBroker;
  const open: NatsConnection[] = [];
  const signIn = async (user: string): Promise<NatsConnection> => {
    const { password } = broker.login(user);
    const connection = await connect({ servers: broker.url, user, pass: password, inboxPrefix: `_INBOX_${user}` });
    open.push(connection);
    return connection;
  };

  beforeAll(async () => {
    broker = await testBroker();
    const manager = await jetstreamManager(await signIn('set-up'));
    await manager.streams.add({ name: 'triage', subjects: ['safeguarding.concern.>'] });
    await manager.consumers.add('triage', { durable_name: 'section42-from-triage' });
  });
  afterAll(async () => {
    await Promise.all(open.map((connection) => connection.close()));
    await broker.close();
  });

  it('carries from the service that tells to the one that reads', async () => {
    await jetstream(await signIn('triage')).publish('safeguarding.concern.received.v1', 'first');
    const consumer = await jetstream(await signIn('section42')).consumers.get('triage', 'section42-from-triage');
    const message = await consumer.next();
    expect(message?.string()).toBe('first');
    await message?.ackAck();
  });

  it('lets nobody tell what is another’s to tell', async () => {
    const published = jetstream(await signIn('metrics'), { timeout: 500 }).publish('safeguarding.concern.received.v1', 'false');
    await expect(published).rejects.toThrow(/permissions violation/i);
  });

  it('lets nobody read with another’s durable consumer', async () => {
    const consumers = jetstream(await signIn('dols'), { timeout: 500 }).consumers;
    await expect(consumers.get('triage', 'section42-from-triage')).rejects.toThrow(/permissions violation/i);
  });

  it('keeps what it acknowledged when it is killed', async () => {
    await broker.kill();
    await broker.start();
    const manager = await jetstreamManager(await signIn('set-up'));
    expect((await manager.streams.info('triage')).state.messages).toBe(1);
  });
});
