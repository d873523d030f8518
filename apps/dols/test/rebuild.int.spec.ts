import { Client } from 'pg';
import { DolsService } from './dols-service.js';
import { ToldByPeople } from './told-by-people.js';

const asked = {
  authority: 'E06000062', urgent: false, setting: 'care_home_nursing', managingAuthority: 'Willow House',
  person: { givenName: 'Vera', familyName: 'Varga', dateOfBirth: '1946-05-01' },
};

describe('rebuilding over the API', () => {
  let people: ToldByPeople;
  let dols: DolsService;
  let maintain: Client;
  beforeAll(async () => {
    people = await ToldByPeople.start();
    dols = await DolsService.start(people.url);
    maintain = new Client({ connectionString: dols.database.url('dols', 'maintain') });
    await maintain.connect();
    for (let n = 0; n < 3; n += 1) await dols.ask('POST', '/requests', asked, { 'idempotency-key': `request ${n}` });
  }, 60_000);
  afterAll(async () => {
    await maintain.end();
    await dols.close();
    people.close();
  });

  const rebuild = async (what: string) => {
    const answer = await fetch(`${dols.url}/internal/rebuild/${what}`, { method: 'POST', headers: await dols.issuer.as('operator') });
    return { status: answer.status, lines: (await answer.text()).trim().split('\n').map((line) => JSON.parse(line) as object) };
  };

  it('puts a read table right, and ends in what it came to', async () => {
    await maintain.query(`update dols_request set setting = 'hospital' where id = (select min(id::text)::uuid from dols_request)`);
    const { status, lines } = await rebuild('read-tables');
    expect([status, lines.at(-1)]).toEqual([200, { done: { looked: 3, repaired: 1 } }]);
    expect((await maintain.query('select distinct setting from dols_request')).rows).toEqual([{ setting: 'care_home_nursing' }]);
  });

  it('looks for what the stream has lost', async () => {
    expect((await rebuild('streams')).lines.at(-1)).toEqual({ done: { looked: 3, queued: 0 } });
  });

  it('is refused while something else is being rebuilt', async () => {
    await maintain.query(`select pg_advisory_lock(hashtext('rebuild/dols'))`);
    expect(await rebuild('read-tables')).toMatchObject({ status: 409, lines: [{ detail: expect.stringContaining('just now') }] });
    await maintain.query(`select pg_advisory_unlock(hashtext('rebuild/dols'))`);
    expect((await rebuild('read-tables')).status).toBe(200);
  });
});
