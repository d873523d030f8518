import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { DolsService } from './dols-service.js';

const asked = {
  authority: 'E06000062',
  urgent: false,
  setting: 'care_home_nursing',
  managingAuthority: 'Willow House',
  person: { givenName: 'Vera', familyName: 'Varga', dateOfBirth: '1946-05-01' },
};

let dols: DolsService;
let sealFile: string;
beforeAll(async () => {
  process.env['SEAL_EVERY_SECONDS'] = '0.1';
  dols = await DolsService.start();
  sealFile = process.env['SEAL_FILE']!;
}, 60_000);
afterAll(() => dols.close());

type Line = { check: string; looked?: number; findings?: number; what?: string; where?: Record<string, unknown> };

async function verify(check: string): Promise<Line[]> {
  const answer = await fetch(`${dols.url}/internal/verify`, { headers: await dols.issuer.as('operator') });
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Line).filter((line) => line.check === check);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 15_000; !(await holds()); await pause(50)) if (performance.now() > end) throw new Error('it did not come to that');
}

const ask = async (): Promise<void> => expect((await dols.ask('POST', '/requests', asked)).status).toBe(201);
const reasons = async (): Promise<string> => ((await dols.ask('GET', '/health')).body['because'] as string[]).join();
const sealed = async (): Promise<number> => (await verify('seal')).at(-1)!.looked!;

describe('a service that seals', () => {
  it('has what people did under a seal soon, and finds that it holds', async () => {
    await ask();
    await until(async () => (await sealed()) === 1);
    expect(await verify('chain')).toEqual([{ check: 'chain', looked: 1, findings: 0 }]);
    expect(await verify('read-tables')).toEqual([{ check: 'read-tables', looked: 1, findings: 0 }]);
  });

  it('goes on without its seal file, says in /health that it cannot seal, and catches up', async () => {
    renameSync(sealFile, `${sealFile}.aside`);
    mkdirSync(sealFile);
    await ask();
    await until(async () => (await reasons()).includes('could not be sealed (EISDIR)'));
    await ask();
    rmdirSync(sealFile);
    renameSync(`${sealFile}.aside`, sealFile);
    await until(async () => !(await reasons()).includes('sealed'));
    await until(async () => (await sealed()) === 3);
    expect((await verify('seal')).at(-1)).toMatchObject({ findings: 0 });
  });

  it('finds what somebody changed behind its back', async () => {
    const client = new Client({ connectionString: dols.database.ownerUrl });
    await client.connect();
    await client.query(`set session_replication_role = replica; set search_path = dols; delete from journal where position = 2; update dols_request set band = 'low' where sequence = 1`);
    await client.end();
    expect((await verify('seal'))[0]).toMatchObject({ what: 'a sealed row is missing', where: { position: 2 } });
    const findings = (await verify('read-tables')).slice(0, -1);
    expect(findings.map(({ what }) => what).toSorted()).toEqual([
      'a row is not what the record makes of it',
      'a row is not what the record makes of it',
      'a row is there whose record has no story',
    ]);
    expect(findings.find(({ where }) => where!['columns'])!.where).toMatchObject({ columns: 'band band_rank' });
  });
});
