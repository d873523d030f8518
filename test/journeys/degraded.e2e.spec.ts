import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Action } from '#libs/access';
import { eventually } from '../asking.ts';
import { fitting } from '../fitting.ts';
import { raise } from '../line.ts';
import { TestSystem } from '../system.ts';

const system = new TestSystem({ LOG_LEVEL: 'info' });
const services = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'];

/** Every process of the database: the server is the parent of one for each connection. */
function databaseProcesses(): number[] {
  const server = system.running.postgres.pid!;
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(server)], { encoding: 'utf8' }).trim().split('\n').map(Number);
  return [server, ...children];
}

interface Asked {
  status: number;
  type: string | null;
  retryAfter: string | null;
  seconds: number;
  route: string;
  method: string;
}

/** To all of them that are still there: a session may have ended meanwhile. */
function signal(pids: readonly number[], name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

async function asked(url: string, route: string, init: RequestInit = {}): Promise<Asked> {
  const start = performance.now();
  // Status 0: no answer came.
  const answer = await fetch(`${url}${route}`, { ...init, signal: AbortSignal.timeout(20_000) }).catch(() => undefined);
  await answer?.text().catch(() => '');
  const seconds = (performance.now() - start) / 1_000;
  return { route, method: init.method ?? 'GET', status: answer?.status ?? 0, type: answer?.headers.get('content-type') ?? null, retryAfter: answer?.headers.get('retry-after') ?? null, seconds };
}

/** Tells line by line what it finds, and begins before it asks anybody. */
const streamed = '/internal/verify';

type Paths = Record<string, Record<string, { 'x-needs'?: Action }>>;

/** Every route that a service describes, asked at once by somebody who may. */
async function everyRoute(service: string, paths: Paths): Promise<Asked[]> {
  const headers = { 'if-match': '"1"', 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const routes = Object.entries(paths).filter(([path]) => path !== streamed).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path: path.replaceAll(/\{\w+\}/g, randomUUID()), method: method.toUpperCase(), actor: fitting(path, operation['x-needs']) })));
  return Promise.all(routes.map(async ({ path, method, actor }) =>
    asked(system.url(service), path, { method, headers: { ...headers, ...(await system.headersOf(actor)) }, ...(method === 'GET' ? {} : { body: JSON.stringify(raise) }) })));
}

const health = async (service: string) => (await (await fetch(`${system.url(service)}/health`)).json()) as { status: string; because: string[]; pid: number };

beforeAll(() => system.start(), 120_000);
afterAll(() => system.remove(), 60_000);

describe('while the database hangs', () => {
  it('every route answers 503 within two seconds, the sites show a page, and all goes on without a restart', async () => {
    const pids = services.map((service) => system.running.services[service]!.pids);
    const described = Object.fromEntries(await Promise.all(services.map(async (service) => {
      const { paths } = (await (await fetch(`${system.url(service)}/openapi.json`)).json()) as { paths: Paths };
      return [service, paths] as const;
    })));
    const frozen = databaseProcesses();
    signal(frozen, 'SIGSTOP');
    // Asked at once, before anybody has noticed, and again when everybody has.
    const answers = [await Promise.all(services.map((service) => everyRoute(service, described[service]!)))];
    answers.push(await Promise.all(services.map((service) => everyRoute(service, described[service]!))));
    const pages = await Promise.all(['/board', '/queues'].map((path) => asked(system.running.sites.staff, path)));
    const states = await Promise.all(services.map((service) => asked(system.url(service), '/health')));
    signal(frozen, 'SIGCONT');

    const all = answers.flat(2);
    const [slowest, slowestLater] = answers.map((round) => Math.max(...round.flat().map(({ seconds }) => seconds)));
    process.stdout.write(`database hangs: ${all.length} answers, the slowest after ${slowest!.toFixed(2)} s, then ${slowestLater!.toFixed(2)} s\n`);
    // Nobody may be told that something was taken. What needs no database (what is being imported, which measures there are) may be read.
    expect(all.filter(({ status, method }) => status < 400 && method !== 'GET')).toEqual([]);
    // The second round is refused at the door: whatever it takes is the machine's own slowness.
    expect(all.filter(({ seconds }) => seconds > 2 + slowestLater!)).toEqual([]);
    expect(slowestLater!).toBeLessThan(5);
    expect(answers[1]!.flat().filter(({ status, type, retryAfter }) => status !== 503 || !type?.startsWith('application/problem+json') || retryAfter === null)).toEqual([]);
    expect(pages).toMatchObject([{ status: 503, retryAfter: expect.any(String) }, { status: 503, retryAfter: expect.any(String) }]);
    expect(states.map(({ status }) => status)).toEqual(services.map(() => 503));

    for (const service of services) await eventually(() => health(service), ({ status }) => status === 'ok');
    const { status } = await system.as('triage', 'staff-triage-1').post('/concerns', raise);
    expect(status).toBe(201);
    expect(services.map((service) => system.running.services[service]!.pids)).toEqual(pids);
  }, 60_000);

  it('what was sent meanwhile is there once, when it is sent again under its key', async () => {
    const key = randomUUID();
    const triage = system.as('triage', 'staff-triage-1');
    const frozen = databaseProcesses();
    const sent = Array.from({ length: 20 }, (_, n) => triage.post('/concerns', raise, { key: `${key}-${n}` }));
    signal(frozen, 'SIGSTOP');
    const first = await Promise.all(sent);
    signal(frozen, 'SIGCONT');
    await eventually(() => health('triage'), ({ status }) => status === 'ok');
    for (const [n, answer] of first.entries()) {
      expect([201, 503]).toContain(answer.status);
      const [again, yetAgain] = [await triage.post('/concerns', raise, { key: `${key}-${n}` }), await triage.post('/concerns', raise, { key: `${key}-${n}` })];
      expect([again.status, yetAgain.body.id]).toEqual([201, again.body.id]);
      expect([again.body.id, undefined]).toContain(answer.body.id);
    }
  }, 60_000);
});

describe('while the database is gone', () => {
  it('is answered 503, and all goes on when it is back', async () => {
    const before = system.running.services['triage']!.pids;
    const triage = system.as('triage', 'staff-triage-1');
    process.kill(system.running.postgres.pid!, 'SIGQUIT');
    const answers = [];
    for (let back = false; !back || answers.length < 10; await pause(50)) {
      const answer = await triage.post('/concerns', raise);
      answers.push(answer.status);
      back = answer.status === 201 && answers.includes(503);
      if (answers.length > 400) break;
    }
    expect(new Set(answers)).toEqual(new Set([201, 503]));
    expect(system.running.services['triage']!.pids).toEqual(before);
    for (const service of services) await eventually(() => health(service), ({ status }) => status === 'ok');
  }, 60_000);
});

describe('while the broker hangs', () => {
  it('everything is accepted, health says degraded, and what waited is caught up', async () => {
    const triage = system.as('triage', 'staff-triage-1');
    const broker = system.running.nats.pid!;
    process.kill(broker, 'SIGSTOP');
    const ids: string[] = [];
    for (let n = 0; n < 100; n += 1) {
      const { status, body } = await triage.post('/concerns', raise);
      expect(status).toBe(201);
      ids.push(body.id);
    }
    await eventually(() => health('triage'), ({ status, because }) => status === 'degraded' && because.join().includes('outbox'));
    process.kill(broker, 'SIGCONT');
    const back = performance.now();
    for (const id of ids) await eventually(() => triage.get(`/concerns/${id}`), ({ body }) => body.personId !== null, 30_000);
    process.stdout.write(`caught up with ${ids.length} concerns ${((performance.now() - back) / 1_000).toFixed(1)} s after the broker was back\n`);
    for (const service of services) await eventually(() => health(service), ({ status }) => status === 'ok');
  }, 90_000);
});

describe('a broker that comes back without its store', () => {
  it('is given its streams again, and every event', async () => {
    const triage = system.as('triage', 'staff-triage-1');
    const { body: before } = await triage.post('/concerns', raise);
    const broker = system.running.nats.pid!;
    process.kill(broker, 'SIGSTOP');
    const { body: meanwhile } = await triage.post('/concerns', raise);
    rmSync(join(system.home, 'nats', 'jetstream'), { recursive: true });
    process.kill(broker, 'SIGKILL');
    for (const { id } of [before, meanwhile]) await eventually(() => triage.get(`/concerns/${id}`), ({ body }) => body.personId !== null, 60_000);
    const verified = async () => JSON.parse((await system.run('verify', '--json')).out) as { ok: boolean };
    expect(await eventually(verified, ({ ok }) => ok, 60_000)).toMatchObject({ ok: true });
  }, 150_000);
});

describe('a service whose log cannot be written', () => {
  const logs = join(system.home, 'logs');
  let isMounted = false;

  beforeAll(() => {
    try {
      // The processes have their logs open elsewhere: each gets a new one when it starts again.
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', logs], { stdio: 'ignore' });
      isMounted = true;
    } catch {
      process.stdout.write('NOT RUN: a full disk for logs, since nothing may be mounted here\n');
    }
  });
  afterAll(async () => {
    await system.stop();
    if (isMounted) execFileSync('umount', [logs]);
  }, 30_000);

  it('goes on without it, and says so when there is room again', async () => {
    if (!isMounted) return;
    const [first] = system.running.services['dols']!.pids;
    process.kill(first!, 'SIGKILL');
    await eventually(async () => system.running.services['dols']!.pids[0], (pid) => pid !== first, 60_000);
    const [pid] = system.running.services['dols']!.pids;
    writeFileSync(join(logs, 'filler'), Buffer.alloc(0));
    try {
      writeFileSync(join(logs, 'filler'), Buffer.alloc(64 * 1024));
    } catch {
      // It takes what there is.
    }
    expect(statfsSync(logs).bavail).toBe(0);
    const dols = system.as('dols', 'staff-dols-1');
    for (let n = 0; n < 50; n += 1) expect((await dols.get('/requests')).status).toBeLessThan(500);
    unlinkSync(join(logs, 'filler'));
    const log = join(logs, 'dols.log');
    await eventually(async () => (existsSync(log) ? readFileSync(log, 'utf8') : ''), (text) => text.includes('the log could not be written'));
    expect(system.running.services['dols']!.pids).toEqual([pid]);
  }, 120_000);
});
