import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '../../../tools/start/services.ts';
import { aboutConcerns } from '../load/stories.ts';
import type { Fault, Hit } from './fault.ts';

function ends(signal: NodeJS.Signals, name: string): Fault {
  return {
    name,
    isQuick: true,
    async strike({ system, load, random }) {
      for (let time = 0; time < 2; time += 1) {
        await system.database.strike(signal, random.below(1_500));
        await load.untilDone(5 + random.below(20), 10_000);
      }
    },
  };
}

/** What PostgreSQL calls an immediate shutdown: no checkpoint, recovery at the next start. */
export const databaseStopped = ends('SIGQUIT', 'PostgreSQL stopped immediately');
export const databaseKilled = ends('SIGKILL', 'PostgreSQL killed');

/** Holds a table from a session of our own, so that everybody else waits for it. */
async function holdTable({ system }: Hit, table: string, ms: number): Promise<void> {
  await system.asOwner(async (client) => {
    await client.query('begin');
    await client.query(`lock table ${table} in access exclusive mode`);
    await pause(ms);
    await client.query('rollback');
  });
}

const tables = ['triage.journal', 'section42.journal', 'dols.outbox', 'people.journal', 'metrics.inbox', 'triage.idempotency'] as const;

export const locksHeld: Fault = {
  name: 'tables locked, statements and locks timed out, sessions ended',
  isQuick: false,
  async strike(hit) {
    const { system, load, random } = hit;
    for (const table of random.shuffled(tables).slice(0, 3)) {
      await holdTable(hit, table, 500 + random.below(1_500));
      await load.untilDone(random.below(8), 3_000);
    }
    await withSetting(hit, 'lock_timeout', () => holdTable(hit, random.pick(tables), 1_500));
    await withSetting(hit, 'statement_timeout', () => holdTable(hit, random.pick(tables), 1_500));
    await system.asOwner((client) => client.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename like '%\\_app' and pid <> pg_backend_pid()`));
    await load.untilDone(5, 5_000);
  },
};

/** A time-out of a fifth of a second for every session of the services that begins from now on, and an end to those that had begun. */
async function withSetting({ system }: Hit, setting: 'lock_timeout' | 'statement_timeout', work: () => Promise<void>): Promise<void> {
  const roles = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'].map((service) => `${service}_app`);
  const endSessions = `select pg_terminate_backend(pid) from pg_stat_activity where usename = any($1)`;
  await system.asOwner(async (client) => {
    for (const role of roles) await client.query(`alter role ${role} set ${setting} = '200ms'`);
    await client.query(endSessions, [roles]);
  });
  await work();
  await system.asOwner(async (client) => {
    for (const role of roles) await client.query(`alter role ${role} reset ${setting}`);
    await client.query(endSessions, [roles]);
  });
}

/** Sessions that a service has for everything that it is asked. */
const poolSize = 10;
const crowdSize = 40;
/** Those who come at the same time share a session: enough have to come one by one. */
const crowdThoughtMs = 2_000;
const heldMs = 4_000;

/** Sessions of a service's pool that wait for a lock. */
async function waitingSessions({ system }: Hit, service: ServiceName): Promise<number> {
  const statement = `select count(*)::int as n from pg_stat_activity where usename = $1 and application_name = $2 and wait_event_type = 'Lock'`;
  return system.asOwner(async (client) => (await client.query(statement, [`${service}_app`, service])).rows[0].n as number);
}

export const poolExhausted: Fault = {
  name: 'pool exhausted: every session of a service waits for a lock',
  isQuick: false,
  async strike(hit) {
    const { load, random } = hit;
    for (let time = 0; time < 2; time += 1) {
      const before = load.ledger.refusals.triage ?? 0;
      const table = random.pick(['triage.journal', 'triage.idempotency', 'triage.outbox'] as const);
      let most = 0;
      await load.crowd(crowdSize, { stories: aboutConcerns, thoughtMs: crowdThoughtMs }, async () => {
        await load.untilDone(10, 5_000);
        const held = holdTable(hit, table, heldMs);
        for (let waited = 0; waited < heldMs - 500; waited += 250) {
          await pause(250);
          most = Math.max(most, await waitingSessions(hit, 'triage'));
        }
        await held;
      });
      const refused = (load.ledger.refusals.triage ?? 0) - before;
      load.notes.push(`${table} held: ${most} sessions of triage waited, ${refused} commands were told to come again`);
      if (most < poolSize) load.wrongs.push(`the pool was not used up: ${most} of ${poolSize} sessions waited`);
      if (refused === 0) load.wrongs.push('nobody was told to come again while no session was to be had');
    }
  },
};
