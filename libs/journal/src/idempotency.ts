import canonicalize from 'canonicalize';
import { oftenAsked, type Queries, type Tx } from './database.js';
import type { Vault } from './keys/vault.js';
import { inOneGo, lastly } from './sight.js';

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

interface Keeping {
  tx: Tx;
  vault: Vault;
}

/**
 * Does the work once for a key and gives every repetition the first reply; without a key it just does the work.
 * A concurrent repetition waits for the first. Throws `KeyReused` for the same key with another request.
 */
export async function once<Reply extends object>(keeping: Keeping, key: IdempotencyKey | undefined, work: () => Promise<Reply>): Promise<Reply> {
  const [outcome] = await onceEach(keeping, [key], { work: async () => [fulfilled(await work())] });
  if (outcome?.status === 'fulfilled') return outcome.value;
  throw outcome?.reason;
}

export interface OnceEach<Reply extends object, Known> {
  /** Asked in one go with the keys, though it may turn out that nothing is new. */
  look?(): Promise<Known>;
  /** Is told which of the requests are new, by their places, and what `look` found; says what each of those comes to. */
  work(places: number[], known: Known | undefined): Promise<PromiseSettledResult<Reply>[]>;
}

/** The same for several requests in as few statements as one takes, no two of them with one key. The key of one that is refused stays free. */
export async function onceEach<Reply extends object, Known = undefined>(
  keeping: Keeping,
  keys: readonly (IdempotencyKey | undefined)[],
  { look, work }: OnceEach<Reply, Known>,
): Promise<PromiseSettledResult<Reply>[]> {
  const asked = keys.flatMap((key, at) => (key ? [{ ...key, at, canonical: canonicalize(key.request) ?? '' }] : []));
  const [claimed, known] = await inOneGo<[Set<number>, Known | undefined]>(keeping.tx, [() => claimKeys(keeping, asked), () => look?.()]);
  const [fresh, repeated] = [asked.filter(({ at }) => claimed.has(at)), asked.filter(({ at }) => !claimed.has(at))];
  const outcomes = await earlierReplies<Reply>(keeping, repeated);
  const places = keys.flatMap((_, at) => (outcomes.has(at) ? [] : [at]));
  if (places.length > 0) for (const [nth, outcome] of (await work(places, known)).entries()) outcomes.set(places[nth]!, outcome);
  await keepReplies(keeping, fresh.map((key) => ({ key, outcome: outcomes.get(key.at)! })));
  return keys.map((_, at) => outcomes.get(at)!);
}

interface Asked extends IdempotencyKey {
  at: number;
  canonical: string;
}

const fulfilled = <Reply>(value: Reply): PromiseSettledResult<Reply> => ({ status: 'fulfilled', value });

const named = (keys: readonly IdempotencyKey[]): [string[], string[]] => [keys.map(({ client }) => client), keys.map(({ key }) => key)];

const claiming = oftenAsked(
  `insert into idempotency (client, key, request_hash) select * from unnest($1::text[], $2::text[], $3::bytea[]) as asked (client, key, hash) order by client, key
   on conflict do nothing returning client, key`,
);

/** How many there are is kept from PostgreSQL, as by `oneOf`. */
const replying = oftenAsked(
  `update idempotency set reply = $3::jsonb -> (nth - 1)::int from unnest((select $1::text[])::text[], (select $2::text[])::text[]) with ordinality as given (client, key, nth)
   where idempotency.client = given.client and idempotency.key = given.key`,
);

/** Which of these keys nobody had used. They are claimed in one order, so that nobody waits for each other. */
async function claimKeys({ tx, vault }: Keeping, asked: readonly Asked[]): Promise<Set<number>> {
  if (asked.length === 0) return new Set();
  // A plain hash of a request about a person could be guessed at from outside.
  const hashes = asked.map(({ canonical }) => vault.hmac('idempotency', canonical));
  const claimed: { client: string; key: string }[] = await tx.query(claiming, [...named(asked), hashes]);
  return new Set(claimed.map((one) => asked.find(({ client, key }) => client === one.client && key === one.key)!.at));
}

/** What these requests were answered when they came first, by their places. */
async function earlierReplies<Reply>({ tx, vault }: Keeping, repeated: readonly Asked[]): Promise<Map<number, PromiseSettledResult<Reply>>> {
  if (repeated.length === 0) return new Map();
  const rows: { client: string; key: string; request_hash: Buffer; reply: Reply }[] = await tx.query(
    `select client, key, request_hash, reply from idempotency join unnest($1::text[], $2::text[]) as asked (client, key) using (client, key)`,
    named(repeated),
  );
  return new Map(
    repeated.map(({ at, client, key, canonical }) => {
      const row = rows.find((one) => one.client === client && one.key === key);
      const isSame = row && vault.isHmac('idempotency', canonical, row.request_hash);
      return [at, isSame ? fulfilled(row.reply) : { status: 'rejected', reason: new KeyReused(reused) }];
    }),
  );
}

const reused = 'this Idempotency-Key was used before with another request; use a new key for a new request';

async function keepReplies({ tx }: Keeping, fresh: readonly { key: IdempotencyKey; outcome: PromiseSettledResult<object> }[]): Promise<void> {
  const taken = fresh.flatMap(({ key, outcome }) => (outcome.status === 'fulfilled' ? [{ ...key, reply: outcome.value }] : []));
  const refused = fresh.filter(({ outcome }) => outcome.status === 'rejected').map(({ key }) => key);
  if (taken.length > 0) await lastly(tx, tx.query(replying, [...named(taken), JSON.stringify(taken.map(({ reply }) => reply))]));
  if (refused.length > 0) await lastly(tx, tx.query(`delete from idempotency where (client, key) in (select * from unnest($1::text[], $2::text[]))`, named(refused)));
}

/** Whether a request came under this key before. */
export async function isUsed(tx: Tx, { client, key }: Pick<IdempotencyKey, 'client' | 'key'>): Promise<boolean> {
  const [found]: { used: boolean }[] = await tx.query(`select exists (select from idempotency where client = $1 and key = $2) as used`, [client, key]);
  return found!.used;
}

/** Forgets keys older than 30 days. */
export const forgetOldKeys = (queries: Queries): Promise<unknown> =>
  queries.query(`delete from idempotency where created_at < now() - interval '30 days'`);
