import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Proxy, testDatabase, type TestDatabase } from '#libs/testing';
import { dataSource, Pulse } from './index.js';

let database: TestDatabase;
let proxy: Proxy;
let source: DataSource;
const running: Pulse[] = [];

function start(): Pulse {
  const url = proxy.through(database.url('triage', 'app'));
  const pulse = new Pulse({ service: 'triage', connection: { url, name: 'pulse' }, sources: [source], onAway: () => {}, onBack: () => {} });
  pulse.start();
  running.push(pulse);
  return pulse;
}

async function until(isSo: () => boolean, seconds = 10): Promise<number> {
  const begin = performance.now();
  while (!isSo()) {
    if (performance.now() - begin > seconds * 1_000) throw new Error('it did not come to that in time');
    await pause(10);
  }
  return (performance.now() - begin) / 1_000;
}

beforeAll(async () => {
  database = await testDatabase();
  proxy = await Proxy.before(database.ownerUrl);
  source = await dataSource({ url: proxy.through(database.url('triage', 'app')), name: 'test' }).initialize();
}, 30_000);
afterEach(() => Promise.all(running.splice(0).map((pulse) => pulse.stop())));
afterAll(async () => {
  await source.destroy();
  await proxy.close();
  await database.close();
});

describe('the pulse of the database', () => {
  it('stops within two seconds when the database hangs, tells whoever waits, and goes on by itself', async () => {
    const pulse = start();
    await until(() => pulse.isOnDuty);
    let told = 0;
    const takeBack = pulse.whenAway(() => (told += 1));
    proxy.hang();
    expect(await until(() => !pulse.isThere)).toBeLessThan(2);
    expect([told, pulse.isOnDuty]).toEqual([1, false]);
    takeBack();
    pulse.whenAway(() => (told += 1))();
    expect(told).toBe(2);
    proxy.goOn();
    await until(() => pulse.isThere);
    expect(await source.query('select 1 as one')).toEqual([{ one: 1 }]);
  }, 30_000);

  it('outlives that its connection is cut', async () => {
    const pulse = start();
    await until(() => pulse.isOnDuty);
    proxy.cut();
    await pause(1_500);
    await until(() => pulse.isOnDuty);
    expect(pulse.isThere).toBe(true);
    expect(await source.query('select 1 as one')).toEqual([{ one: 1 }]);
  }, 30_000);

  it('has one process on duty, and another within five seconds when that one ends', async () => {
    const first = start();
    await until(() => first.isOnDuty);
    const second = start();
    await pause(1_500);
    expect([first.isOnDuty, second.isOnDuty]).toEqual([true, false]);
    await first.stop();
    expect(await until(() => second.isOnDuty)).toBeLessThan(5);
  }, 30_000);
});
