import { setTimeout as pause } from 'node:timers/promises';
import type { MessageHandler } from '@nestjs/microservices';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { type JetStreamStrategy, NotYet } from '#libs/messaging';
import { DolsService } from './dols-service.js';
import { contractOf, ToldByPeople } from './told-by-people.js';

interface Line {
  check?: string;
  what?: string;
  failed?: string;
  done?: object;
  where?: Record<string, unknown>;
}

let people: ToldByPeople;
let directory: ToldByPeople;
let dols: DolsService;
let owner: Client;
beforeAll(async () => {
  // The directory is asked as well, and has told nothing.
  [people, directory] = await Promise.all([ToldByPeople.start(), ToldByPeople.start()]);
  dols = await DolsService.start(people.url, directory.url);
  owner = new Client({ connectionString: dols.database.ownerUrl, options: '-c search_path=dols' });
  await owner.connect();
}, 60_000);
beforeEach(async () => {
  people.forgetAll();
  await owner.query('delete from alias; delete from inbox; delete from dead_letter; delete from parked');
});
afterAll(async () => {
  await owner.end();
  await dols.close();
  people.close();
  directory.close();
});

async function linesOf(path: string, method = 'GET'): Promise<Line[]> {
  const answer = await fetch(dols.url + path, { method, headers: await dols.issuer.as('operator') });
  return (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
}
const found = async (check: string): Promise<string[]> =>
  (await linesOf('/internal/verify')).filter((line) => line.check === check).flatMap(({ what, failed }) => what ?? failed ?? []);
const rebuild = async (what: string): Promise<Line> => (await linesOf(`/internal/rebuild/${what}`, 'POST')).at(-1)!;
const aliases = async () => (await owner.query('select person_id, into_id, sequence from alias order by person_id')).rows;
const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let left = 200; left > 0 && !(await isSo()); left -= 1) await pause(50);
};

const joined = (from: string, into: string, sequence = 2) => contractOf('joined', from, sequence, { into });
const unexplained = 'a contract was not taken, and nothing says why';

/** The type's handler becomes another for a while, or there is none. */
async function handledBy(type: string, handler: MessageHandler | undefined, work: () => Promise<void>): Promise<void> {
  const [{ serverInstance }] = (dols.app as unknown as { microservices: [{ serverInstance: JetStreamStrategy }] }).microservices;
  const handlers = serverInstance.getHandlers();
  const usual = handlers.get(type)!;
  if (handler) handlers.set(type, Object.assign(handler, { extras: {} }));
  else handlers.delete(type);
  await work().finally(() => handlers.set(type, usual));
}
const type = 'safeguarding.person.joined.v1';

describe('messages that were missed', () => {
  it('are taken where the inbox has lost its row, and the effect with it', async () => {
    const [one, other] = [joined(v7(), v7()), joined(v7(), v7())];
    await people.publish(dols.broker, one, other);
    await until(async () => (await aliases()).length === 2);
    const before = await aliases();
    await owner.query(`delete from inbox where message_id = '${one.id}'; delete from alias where person_id = '${one.subject}'`);
    expect(await found('inbox')).toEqual([unexplained]);
    expect(await rebuild('messages')).toEqual({ done: { looked: 2, taken: 1, parked: 0, setAside: 0 } });
    expect(await aliases()).toEqual(before);
    expect(await found('inbox')).toEqual([]);
    expect(await rebuild('messages')).toEqual({ done: { looked: 2, taken: 0, parked: 0, setAside: 0 } });
  }, 60_000);

  it('are taken where the service had no handler for their type before', async () => {
    const [one, last] = [joined(v7(), v7()), contractOf('separated', v7(), 3, {})];
    await handledBy(type, undefined, async () => {
      await people.publish(dols.broker, one, last);
      await until(async () => (await owner.query('select from inbox')).rowCount === 1);
    });
    expect(await found('inbox')).toEqual([unexplained]);
    expect(await rebuild('messages')).toMatchObject({ done: { looked: 2, taken: 1 } });
    expect(await aliases()).toContainEqual({ person_id: one.subject, into_id: one.data['into' as never], sequence: 2 });
    expect(await found('inbox')).toEqual([]);
  }, 60_000);

  it('are taken in any number, and what they no longer bring by the broker does not matter', async () => {
    people.tell(...Array.from({ length: 1_200 }, () => joined(v7(), v7())));
    expect(await rebuild('messages')).toEqual({ done: { looked: 1_200, taken: 1_200, parked: 0, setAside: 0 } });
    expect(await aliases()).toHaveLength(1_200);
  }, 60_000);

  it('are set aside where they fail, and the others are taken', async () => {
    const poison = joined(v7(), v7());
    people.tell(...Array.from({ length: 20 }, () => joined(v7(), v7())), poison);
    let tries = 0;
    const choking = async (batch: { id: string }[]): Promise<void> => {
      if (!batch.some(({ id }) => id === poison.id)) return;
      tries += batch.length === 1 ? 1 : 0;
      throw new TypeError('cannot be handled');
    };
    await handledBy(type, choking as unknown as MessageHandler, async () => {
      expect(await rebuild('messages')).toEqual({ done: { looked: 21, taken: 20, parked: 0, setAside: 1 } });
      expect(tries).toBe(8);
      expect((await owner.query('select message_id, stream, error_class, attempts from dead_letter')).rows).toEqual([{ message_id: poison.id, stream: 'people', error_class: 'TypeError', attempts: 8 }]);
      expect(await rebuild('messages')).toMatchObject({ done: { setAside: 0 } });
    });
    expect(await found('inbox')).toEqual(['a contract was not taken: it was set aside and waits for a person']);
  }, 60_000);

  it('are parked where they wait for another, and taken when that has come', async () => {
    const early = joined(v7(), v7());
    people.tell(early);
    const waiting = async (): Promise<void> => {
      throw new NotYet('something has to come first', { messageIds: [early.id] });
    };
    await handledBy(type, waiting as unknown as MessageHandler, async () => {
      expect(await rebuild('messages')).toEqual({ done: { looked: 1, taken: 0, parked: 1, setAside: 0 } });
    });
    await until(async () => (await aliases()).length === 1);
    expect(await aliases()).toHaveLength(1);
  }, 60_000);
});

describe('who was joined into whom', () => {
  it('is missed where it is lost, led to another, said to be newer or invented, and mended', async () => {
    const ids = Array.from({ length: 4 }, () => v7()).toSorted();
    const [lost, led, newer, right] = ids as [string, string, string, string];
    await people.publish(dols.broker, ...ids.map((id) => joined(id, v7())), contractOf('separated', right, 3, {}), joined(right, v7(), 4));
    await until(async () => (await owner.query('select from inbox')).rowCount === 6);
    const before = await aliases();
    expect([before.length, await found('aliases')]).toEqual([4, []]);
    await owner.query(`
      delete from alias where person_id = '${lost}';
      update alias set into_id = gen_random_uuid() where person_id = '${led}';
      update alias set sequence = 99 where person_id = '${newer}';
      insert into alias values ('ffffffff-ffff-4fff-bfff-ffffffffffff', gen_random_uuid(), 2)`);
    expect(await found('aliases')).toEqual([
      'somebody is not led on to the person whom they were joined into',
      'somebody is led on to another person than was told',
      'somebody is led on to another person than was told',
      'somebody is led on, and nobody told of it',
    ]);
    expect(await rebuild('read-tables')).toEqual({ done: { looked: 0, repaired: 4 } });
    expect(await aliases()).toEqual(before);
  }, 60_000);

  it('is not missed where it has yet to be taken', async () => {
    people.tell(joined(v7(), v7()));
    expect(await found('aliases')).toEqual([]);
  }, 60_000);
});
