import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { actions, errandNames, mayAsk, programs } from '#libs/access';
import { routesOf } from '#libs/platform';
import { type Try, triesOf, unseen } from './rights/matrix.ts';
import { type Name, Services } from './rights/services.ts';
import { worlds } from './rights/world.ts';

const names: Name[] = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'];
const together = 8;

let services: Services;
let owner: Client;
const apps = new Map<Name, NestFastifyApplication>();
beforeAll(async () => {
  services = await Services.prepare();
  owner = new Client({ connectionString: services.database.ownerUrl });
  await owner.connect();
  for (const name of names) apps.set(name, await services.start(name));
}, 60_000);
afterAll(async () => {
  await owner?.end();
  await services?.close();
});

/** What a service does by itself meanwhile: events go to the broker, the minute is sealed. */
const byItself = ['outbox', 'relay_state', 'seal'];

/** How many rows each table of a service has. */
async function counted(name: Name): Promise<Record<string, number>> {
  const { rows: tables } = await owner.query<{ table: string }>(
    `select table_name as table from information_schema.tables where table_schema = $1 and not table_name = any($2)`,
    [name, byItself],
  );
  const { rows } = await owner.query(`select ${tables.map(({ table }) => `(select count(*)::int from ${name}.${table}) as ${table}`).join(', ')}`);
  return rows[0];
}

/** What a request is answered, where that is not what the table says. */
async function wrong(app: NestFastifyApplication, one: Try): Promise<string[]> {
  const { name, method, url, body, actor, key, expected, holds, hidden } = one;
  const headers = { ...(await services.issuer.as(actor)), ...(method === 'POST' ? { 'if-match': unseen, 'idempotency-key': key } : {}) };
  const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
  const said = `${name}: ${answer.statusCode} instead of ${expected} ${answer.body.slice(0, 200)}`;
  // What somebody said themselves may come back to them.
  const asked = url + JSON.stringify(body ?? '');
  if (hidden.some((text) => answer.body.includes(text) && !asked.includes(text))) return [`${name} shows what is restricted: ${answer.body.slice(0, 200)}`];
  const problem = answer.statusCode < 300 ? {} : (answer.json() as { status?: number; detail?: string; code?: string });
  if (expected === 401) return answer.statusCode === 401 && problem.code === 'token/step_up' ? [] : [said];
  if (expected === 403) return problem.status === 403 && problem.code?.startsWith('rights/') && /Who may/.test(problem.detail ?? '') ? [] : [said];
  if (expected === 404) return problem.status === 404 && problem.code === undefined && problem.detail?.startsWith('there is no such ') ? [] : [said];
  if (!holds) return [401, 403, 500, ...(expected === 'missed' ? [] : [404])].includes(answer.statusCode) ? [said] : [];
  const found = holds && answer.statusCode === 200 ? (answer.json() as Record<string, unknown[]>)[holds]!.length : -1;
  return found === (expected === 'taken' ? 1 : 0) ? [] : [said];
}

async function allWrong(app: NestFastifyApplication, tries: Try[]): Promise<string[]> {
  const found: string[] = [];
  for (let at = 0; at < tries.length; at += together) {
    found.push(...(await Promise.all(tries.slice(at, at + together).map((one) => wrong(app, one)))).flat());
  }
  return found;
}

describe.each(names)('at every route of %s', (name) => {
  it('ASVS 5.0 V8.2.1, V8.2.2, V8.3.1, checks 23–25: every role is refused what the table does not give it, and leaves nothing behind; and taken where it does', async () => {
    const app = apps.get(name)!;
    const tries = await triesOf(app, await worlds[name]({ app, as: (who) => services.issuer.as(who), owner }));
    const isTaken = ({ expected, isRecorded }: Try): boolean => expected === 'taken' || expected === 'missed' || (expected === 'left out' && isRecorded);
    const [refused, taken] = [tries.filter((one) => !isTaken(one)), tries.filter(isTaken)];
    const before = await counted(name);
    expect(await allWrong(app, refused)).toEqual([]);
    expect(await counted(name)).toEqual(before);
    expect(await allWrong(app, taken)).toEqual([]);
    process.stdout.write(`${name}: ${refused.length} requests refused, ${taken.length} taken\n`);
  }, 60_000);
});

describe.each(names)('at every route of %s between services', (name) => {
  it('programs are refused what is not their errand, and leave nothing behind', async () => {
    const app = apps.get(name)!;
    const before = await counted(name);
    const wrong: string[] = [];
    for (const { method, path, declared } of routesOf(app)) {
      if (declared?.for !== 'services') continue;
      const url = path.replaceAll(/:\w+/g, () => randomUUID());
      for (const program of [...programs.filter((one) => !mayAsk(one, declared.errand)), 'a-stranger', 'partner-police', 'staff-administrator-1']) {
        const { statusCode, body } = await app.inject({ method: method as 'GET' | 'POST' | 'DELETE', url, headers: await services.issuer.as(program) });
        if (statusCode !== 403 || !/rights\/(errand|scope)/.test(body)) wrong.push(`${method} ${path}, ${program}: ${statusCode} ${body.slice(0, 100)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await counted(name)).toEqual(before);
  }, 60_000);
});

it('every errand of the table is what some route is for', () => {
  const needed = names.flatMap((name) => routesOf(apps.get(name)!)).flatMap(({ declared }) => (declared?.for === 'services' ? [declared.errand] : []));
  expect(errandNames.filter((errand) => !needed.includes(errand))).toEqual([]);
});

it('every action of the table is what some route needs', () => {
  const needed = names.flatMap((name) => routesOf(apps.get(name)!)).flatMap(({ declared }) => (declared?.for === 'staff' ? [declared.action] : []));
  expect(actions.filter((action) => !needed.includes(action))).toEqual([]);
});
