import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { MaintainSource } from '#libs/platform';
import { DolsService } from './dols-service.js';

const asked = {
  authority: 'E06000062', urgent: false, setting: 'care_home_nursing', managingAuthority: 'Willow House',
  person: { givenName: 'Vera', familyName: 'Varga', dateOfBirth: '1946-05-01' },
};

describe('verifying while the service runs', () => {
  let dols: DolsService;
  let other: Client;
  beforeAll(async () => {
    process.env['SEAL_EVERY_SECONDS'] = '1';
    dols = await DolsService.start();
    other = new Client({ connectionString: dols.database.url('dols', 'maintain') });
    await other.connect();
  }, 60_000);
  afterAll(async () => {
    await other.end();
    await dols.close();
  });

  it('keeps neither sealing nor those who read the journal waiting, however long it takes', async () => {
    const maintain = dols.app.get<unknown, DataSource>(MaintainSource);
    const held = Array.from({ length: 4 }, () => maintain.createQueryRunner());
    await Promise.all(held.map((runner) => runner.connect()));
    try {
      await sealsAndTells();
    } finally {
      await Promise.all(held.map((runner) => runner.release()));
    }
  }, 30_000);

  async function sealsAndTells(): Promise<void> {
    await dols.ask('POST', '/requests', asked, { 'idempotency-key': 'a request' });
    const contracts = await fetch(`${dols.url}/internal/contracts`, { headers: await dols.issuer.as('operator') });
    expect((await contracts.text()).trim().split('\n')).toHaveLength(1);
    const isSealed = (): boolean => existsSync(process.env['SEAL_FILE']!) && /"rows":[1-9]/.test(readFileSync(process.env['SEAL_FILE']!, 'utf8'));
    for (let left = 50; left > 0 && !isSealed(); left -= 1) await pause(100);
    expect(isSealed()).toBe(true);
  }

  it('is done one after another', async () => {
    await other.query(`select pg_advisory_lock(hashtext('verify/dols'))`);
    const answer = await fetch(`${dols.url}/internal/verify`, { headers: await dols.issuer.as('operator') });
    await pause(1_500);
    await other.query(`select pg_advisory_unlock(hashtext('verify/dols'))`);
    const lines = (await answer.text()).trim().split('\n').map((line) => JSON.parse(line) as object);
    expect(lines[0]).toEqual({ waits: 'for another verify' });
    expect(lines.find((line) => 'checks' in line)).toBeDefined();
    expect(lines.at(-1)).toMatchObject({ check: 'stream', findings: 0 });
  }, 60_000);

  it('survives the loss of the connection that keeps others out', async () => {
    const reading = fetch(`${dols.url}/internal/verify`, { headers: await dols.issuer.as('operator') }).then((answer) => answer.text());
    for (let left = 40, lost = 0; left > 0 && lost === 0; left -= 1) {
      lost = (await other.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dols-verify' and state = 'idle' and query like '%advisory%'`)).rowCount!;
      await pause(5);
    }
    expect(await reading).toContain('"check":"stream"');
  }, 60_000);
});
