/**
 * The smallest program that keeps what a concern comes to: Fastify and `pg`, one statement a concern, in as many rows of
 * as many bytes as Caseward keeps of it, each under its record and its place there, and a client's own key once. Planned once.
 * No token, no checks, no encryption, no journal. Its pool has as many connections as that of a service. `ROWS`: the bytes of
 * each row, as JSON.
 */
import { randomBytes } from 'node:crypto';
import fastify from 'fastify';
import { Pool } from 'pg';
import { v7 } from 'uuid';

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const rows = JSON.parse(process.env['ROWS'] ?? '[]') as number[];
const parts = rows.map((_, at) => at);

await pool.query('create table if not exists kept (id uuid, part int, key text, bytes bytea not null, primary key (id, part))');
// Only the first row of a record has one.
await pool.query('create unique index if not exists kept_key on kept (key) where key is not null');
const keeping = 'insert into kept (id, part, key, bytes) select $1::uuid, part, case part when 0 then $4::text end, bytes from unnest($2::int[], $3::bytea[]) as row (part, bytes)';
const server = fastify();
server.post('/concerns', async (request, reply) => {
  const id = v7();
  const said = Buffer.from(JSON.stringify(request.body));
  // What Caseward keeps is encrypted, so nothing of it can be made smaller; neither can random bytes.
  const bytes = rows.map((size, at) => (at === 0 && said.length <= size ? Buffer.concat([said, randomBytes(size - said.length)]) : randomBytes(size)));
  await pool.query({ name: 'keep', text: keeping, values: [id, parts, bytes, request.headers['idempotency-key'] ?? null] });
  return reply.code(201).send({ id, sequence: 1 });
});
const url = await server.listen({ host: '127.0.0.1', port: 0 });
process.once('disconnect', () => process.exit());
process.send?.({ url });
