import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { readKeyRing } from '#libs/journal';
import { Home } from '../../tools/start/home.ts';
import { keyFile } from '../../tools/start/secrets.ts';
import { raise } from '../line.ts';
import { TestSystem } from '../system.ts';

const keyed = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'];
// Two processes of each service: what one has in hand, the other has not heard of.
const system = new TestSystem({}, ['--instances', '2']);
const fileOf = (service: string): string => keyFile(new Home(system.home), service);
const ringOf = (service: string) => readKeyRing(readFileSync(fileOf(service), 'utf8'));

beforeAll(async () => {
  // A home from before keys had ids.
  mkdirSync(join(system.home, 'secrets'), { recursive: true, mode: 0o700 });
  keyed.forEach((service, n) => writeFileSync(join(system.home, 'secrets', `${service}.key`), `${Buffer.alloc(32, n + 1).toString('base64')}\n`, { mode: 0o600 }));
  await system.start();
}, 180_000);
afterAll(() => system.remove(), 60_000);

const partner = () => system.as('triage', 'staff-partner-1');
const told = async (n: number): Promise<string> => (await partner().post('/concerns', { ...raise, worry: `The ${n}th invented account.` })).body['id'] as string;
/** As the owner of the database sees them. */
const lengths = async (service: string): Promise<unknown> => {
  const owner = new Client({ connectionString: system.running.postgres.url });
  await owner.connect();
  const { rows } = await owner.query(`select distinct octet_length(wrapped) as length from ${service}.record_key`);
  await owner.end();
  return rows.map(({ length }) => length);
};

describe('npm run rotate-keys', () => {
  it('changes every service’s key while people go on, in a home from before keys had ids', async () => {
    const before = await Promise.all(Array.from({ length: 5 }, (_, n) => told(n)));
    let isOver = false;
    const meanwhile: string[] = [];
    const working = (async () => {
      for (let n = 5; !isOver; n += 1) meanwhile.push(await told(n));
    })();
    const { status, out, err } = await system.run('rotate-keys', '--json');
    isOver = true;
    await working;
    expect({ status, err }).toMatchObject({ status: 0 });
    const { services } = JSON.parse(out) as { services: Record<string, { under: string; stillNeeded: number }> };
    for (const service of keyed) {
      expect(services[service]).toMatchObject({ stillNeeded: 0, unreadable: 0 });
      expect(ringOf(service).keys.map(({ id }) => id)).toEqual([services[service]!.under]);
    }
    expect(await lengths('triage')).toEqual([64]);
    const officer = system.as('triage', 'staff-triage-1');
    for (const [n, id] of [...before, ...meanwhile].entries()) expect(JSON.stringify((await officer.get(`/concerns/${id}/case`)).body)).toContain(`The ${n}th invented account.`);
    expect((await system.run('verify', '--json')).status).toBe(0);
  }, 180_000);

  it('works on one service, again, and after a start', async () => {
    const [before] = ringOf('triage').keys;
    expect(await system.run('rotate-keys', 'triage')).toMatchObject({ status: 0, out: expect.stringMatching(/^triage: \d+ are wrapped anew under the key [0-9a-f]{8}/) });
    expect(ringOf('triage').keys).not.toContainEqual(before);
    const id = await told(1000);
    await system.stop();
    await system.start();
    expect(JSON.stringify((await system.as('triage', 'staff-triage-1').get(`/concerns/${id}/case`)).body)).toContain('The 1000th invented account.');
  }, 180_000);

  it('says what can be changed', async () => {
    expect(await system.run('rotate-keys', 'staff-site')).toMatchObject({ status: 1, err: expect.stringContaining('no service staff-site') });
  });
});
