/**
 * Works on pg-boss, as fast as it allows: jobs are fetched fifty at a time without a pause between; each is projected,
 * leads to the next job of its concern, and is completed, in one transaction. `STEPS`: the jobs of a concern, as many as
 * the events that Caseward tells of one.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { type Job, PgBoss } from 'pg-boss';
import { queue, tables, type Told, trouble, within } from './boss-line.ts';

const connectionString = process.env['DATABASE_URL']!;
const steps = Number(process.env['STEPS'] ?? '1');
const pool = new Pool({ connectionString, max: 10 });
const boss = new PgBoss({ connectionString, max: 4 });
boss.on('error', trouble);
await boss.start();
await boss.createQueue(queue);
await pool.query(tables);

async function project({ id: jobId, data: { id, step, said } }: Job<Told>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('insert into projected values ($1, $2, $3) on conflict do nothing', [id, step, said]);
    if (step < steps) await boss.send(queue, { id, step: step + 1, said } satisfies Told, { db: within(client) });
    await boss.complete(queue, jobId, null, { db: within(client) });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Two at once, so that while one waits for its last job the other fetches. */
async function work(): Promise<never> {
  for (;;) {
    const jobs = await boss.fetch<Told>(queue, { batchSize: 50 });
    if (jobs.length === 0) await pause(5);
    await Promise.all(jobs.map(project));
  }
}
void Promise.all([work(), work()]);
process.once('disconnect', () => process.exit());
process.send?.({});
