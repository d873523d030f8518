/** Posts on pg-boss: a concern is kept and its first job put into the queue in one transaction. */
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { queue, type Told, trouble, within } from './boss-line.ts';

const connectionString = process.env['DATABASE_URL']!;
const pool = new Pool({ connectionString, max: 10 });
const boss = new PgBoss({ connectionString, max: 2, supervise: false, schedule: false });
boss.on('error', trouble);
await boss.start();

const server = fastify();
server.post<{ Body: Record<string, unknown> }>('/concerns', async ({ body }, reply) => {
  const id = randomUUID();
  const { worry: _worry, ...said } = body;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('insert into posted values ($1, $2)', [id, body]);
    await boss.send(queue, { id, step: 1, said } satisfies Told, { db: within(client) });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  return reply.code(201).send({ id });
});
const url = await server.listen({ host: '127.0.0.1', port: 0 });
process.once('disconnect', () => process.exit());
process.send?.({ url });
