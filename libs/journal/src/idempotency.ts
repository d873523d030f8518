import canonicalize from 'canonicalize';
import type { Queries, Tx } from './database.js';
import type { Vault } from './vault.js';

/** A client's own name for one request, so that sending it twice does it once. */
export interface IdempotencyKey {
  client: string;
  key: string;
  /** What was asked: method, path and body. */
  request: unknown;
}

/** The same key came with another request. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';
}

/**
 * Does the work once for a key and gives every repetition the first reply; without a key it just does the work.
 * A concurrent repetition waits for the first. Throws `KeyReused` for the same key with another request.
 */
export async function once<Reply extends object>(
  { tx, vault }: { tx: Tx; vault: Vault },
  key: IdempotencyKey | undefined,
  work: () => Promise<Reply>,
): Promise<Reply> {
  if (!key) return work();
  // A plain hash of a request about a person could be guessed at from outside.
  const hash = vault.hmac('idempotency', canonicalize(key.request) ?? '');
  const claimed: unknown[] = await tx.query(
    `insert into idempotency (client, key, request_hash) values ($1, $2, $3) on conflict do nothing returning key`,
    [key.client, key.key, hash],
  );
  if (claimed.length === 0) return earlierReply<Reply>(tx, key, hash);
  const reply = await work();
  await tx.query(`update idempotency set reply = $3 where client = $1 and key = $2`, [key.client, key.key, JSON.stringify(reply)]);
  return reply;
}

async function earlierReply<Reply>(tx: Tx, key: IdempotencyKey, hash: Buffer): Promise<Reply> {
  const [row]: { request_hash: Buffer; reply: Reply }[] = await tx.query(
    `select request_hash, reply from idempotency where client = $1 and key = $2`,
    [key.client, key.key],
  );
  if (!row?.request_hash.equals(hash)) {
    throw new KeyReused('this Idempotency-Key was used before with another request; use a new key for a new request');
  }
  return row.reply;
}

/** Forgets keys older than 30 days. */
export const forgetOldKeys = (queries: Queries): Promise<unknown> =>
  queries.query(`delete from idempotency where created_at < now() - interval '30 days'`);
