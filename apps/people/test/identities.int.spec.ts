import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { PeopleService } from './people-service.js';

const at = '2026-07-01T09:00:00.000000Z';
const given = ['Vera', 'Anna', 'Bela'].map((givenName, n) => ({ givenName, familyName: `Varga${'xyz'[n]}`, dateOfBirth: `194${n}-05-01`, postcode: 'NN11 4FP' }));
const records = given.map(() => v7());
const received = { receivedAt: at, legacy: false, channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null };

interface Line {
  check: string;
  what?: string;
  findings?: number;
  failed?: string;
  where?: Record<string, string>;
}

let receivers: Server;
let people: PeopleService;
let owner: Client;

beforeAll(async () => {
  receivers = createServer(async (request, response) => {
    if (request.method === 'GET') return void response.end();
    const { ids } = (await json(request)) as { ids: string[] };
    const claims = ids.map((recordId) => ({ recordId, recordKind: 'concern', authority: 'E06000062', receivedAt: at, person: given[records.indexOf(recordId)] }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ claims }));
  });
  receivers.listen(0, '127.0.0.1');
  await once(receivers, 'listening');
  const url = `http://127.0.0.1:${(receivers.address() as AddressInfo).port}`;
  people = await PeopleService.start({ triage: url, dols: url });
  owner = new Client({ connectionString: people.database.ownerUrl, options: '-c search_path=people -c session_replication_role=replica' });
  await owner.connect();
  const { user, password } = people.broker.login('set-up');
  const broker = await connect({ servers: people.broker.url, user, pass: password, inboxPrefix: `_INBOX_${user}` });
  for (const subject of records) {
    const type = 'safeguarding.concern.received.v1';
    await jetstream(broker).publish(type, JSON.stringify({
      specversion: '1.0', id: `${v7()}:v1`, type, source: 'triage', subject, time: at, recordedat: at,
      authority: 'E06000062', actor: null, sequence: 1, causationid: null, traceparent: null, datacontenttype: 'application/json', data: received,
    }));
  }
  await broker.close();
  while ((await owner.query('select from claim')).rowCount !== records.length) await pause(50);
}, 60_000);
afterAll(async () => {
  await owner.end();
  await people.close();
  receivers.closeAllConnections();
  receivers.close();
});

async function verify(check: string): Promise<Line[]> {
  const answer = await fetch(`${people.url}/internal/verify`, { headers: await people.issuer.as('operator') });
  return (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line).filter((line) => line.check === check);
}
const found = async (check: string): Promise<string[]> => (await verify(check)).flatMap(({ what, failed }) => what ?? failed ?? []);

async function rebuild(): Promise<object> {
  const answer = await fetch(`${people.url}/internal/rebuild/read-tables`, { method: 'POST', headers: await people.issuer.as('operator') });
  return JSON.parse((await answer.text()).trim().split('\n').at(-1)!) as object;
}

const one = `(select person_id from claim where record_id = '${records[0]}')`;
const unfindable = 'somebody cannot be found by all that they should be found by, or by what they should not';

describe('what people keep beside their story', () => {
  it('holds where nobody spoiled it', async () => {
    expect(await verify('identities')).toEqual([{ check: 'identities', looked: records.length, findings: 0 }]);
    expect(await verify('claims')).toEqual([{ check: 'claims', looked: records.length, findings: 0 }]);
  });

  it.each([
    ['lost', `delete from person_token where kind = 'surname' and person_id = ${one}`],
    ['added', `insert into person_token select '\\x00', 'surname', ${one}`],
    ['changed', `update person_token set token = '\\x01' where kind = 'born' and person_id = ${one}`],
    ['called another', `update person_token set kind = 'sound' where kind = 'born' and person_id = ${one}`],
    ['with nobody', `insert into person_token select '\\x02', 'surname', gen_random_uuid()`],
  ])('is missed where a token is %s, and made again', async (_how, plant) => {
    const before = (await owner.query('select * from person_token order by person_id, token')).rows;
    await owner.query(plant);
    expect(await found('identities')).toEqual([unfindable]);
    expect(await rebuild()).toEqual({ done: { looked: records.length, repaired: 1 } });
    expect((await owner.query('select * from person_token order by person_id, token')).rows).toEqual(before);
    expect(await found('identities')).toEqual([]);
  });

  it.each([
    ['lost', `delete from identity where person_id = ${one}`, 'nothing is held about who somebody is'],
    ['changed', `update identity set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where person_id = ${one}`, 'who somebody is cannot be read'],
    ['without its key', `delete from record_key where record_id = ${one}`, 'who somebody is cannot be read'],
  ])('is missed where an identity is %s', async (_how, plant, what) => {
    await owner.query('begin; create table aside as select * from identity; create table keys_aside as select * from record_key; commit');
    await owner.query(plant);
    expect(await found('identities')).toEqual([what]);
    await owner.query('delete from identity; insert into identity select * from aside; delete from record_key; insert into record_key select * from keys_aside; drop table aside, keys_aside');
    expect(await found('identities')).toEqual([]);
  });

  it('is missed where a record is kept as restricted and nobody told of it, and made right', async () => {
    await owner.query(`insert into restriction (record_id, named, authority, since, sequence) values ('${records[0]}', 'staff-manager-1', 'E06000062', now(), 2)`);
    expect(await found('restrictions')).toEqual(['a record is kept as restricted, or as open to somebody, and nobody told of it']);
    expect(await rebuild()).toEqual({ done: { looked: records.length, repaired: 1 } });
    expect(await found('restrictions')).toEqual([]);
  });

  it('is missed where a record of an extract is kept as naming somebody and nobody told of it, and made right', async () => {
    await owner.query(`insert into imported_naming values (gen_random_uuid(), ${one}, 'E06000062')`);
    expect(await found('namings')).toEqual(['a record is kept as naming somebody, and nobody told of it, or it is gone']);
    expect(await rebuild()).toEqual({ done: { looked: records.length, repaired: 1 } });
    expect([await found('namings'), (await owner.query('select from imported_naming')).rowCount]).toEqual([[], 0]);
  });

  const other = `(select person_id from claim where record_id = '${records[1]}')`;
  it.each([
    ['lost', `delete from claim where record_id = '${records[0]}'`, 'a claim is missing of which the story tells'],
    ['added', `insert into claim select gen_random_uuid(), record_kind, person_id, authority, received_on, sealed from claim where record_id = '${records[0]}'`, 'a claim is kept of which no story tells'],
    ['given to another', `update claim set person_id = ${other} where record_id = '${records[0]}'`, 'a claim is not what the story tells'],
    ['given to another authority', `update claim set authority = 'E06000061' where record_id = '${records[0]}'`, 'a claim is not what the story tells'],
    ['of another kind', `update claim set record_kind = 'dols_request' where record_id = '${records[0]}'`, 'a claim is not what the story tells'],
    ['changed', `update claim set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where record_id = '${records[0]}'`, 'a claim cannot be read'],
  ])('is missed where a claim is %s', async (_how, plant, what) => {
    await owner.query('create table aside as select * from claim');
    await owner.query(plant);
    expect(await found('claims')).toEqual([what]);
    await owner.query('delete from claim; insert into claim select * from aside; drop table aside');
    expect(await found('claims')).toEqual([]);
  });
});
