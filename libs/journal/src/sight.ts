import type { DataSource } from 'typeorm';
import type { Queries, Tx } from './database.js';

/** Whose rows a transaction sees and writes: those of these authorities (or `unread`, or `raisedBy` or `openTo` somebody, or `restrictedToo`), or everybody's. PostgreSQL holds it to that (`row-security.ts`). */
export type Sight = 'every' | readonly string[];

/** In a sight: the rows of which nobody could tell whose they are. No authority has such a code. */
export const unread = '?';

/** In a sight: the records that somebody raised, with whichever authority. */
export const raisedBy = (id: string): string => `@${id}`;

/** In a sight: those of its restricted records that are open to somebody. Who says nothing of it sees none that is restricted. */
export const openTo = (id: string): string => `~${id}`;

/** In a sight: its restricted records as well. For what is done in nobody's name, and for what is counted and leads to nobody. */
export const restrictedToo = '!';

/** The same with the restricted records among them. */
export const withRestricted = (sight: Sight): Sight => (sight === 'every' ? sight : [...sight, restrictedToo]);

/** What a connection is asked to do for one piece of work. */
type Runners = Pick<DataSource, 'createQueryRunner'>;

/** An authority's code, the rows that nobody can place, restricted records, or somebody's id: nothing that could end the text or begin another. */
const aCode = /^([A-Za-z0-9]{1,20}|[?!]|[@~][A-Za-z0-9._-]{1,100})$/;

/** A sight as the database is told of it. Of nobody, it still says something: whoever says nothing is refused. */
export function toldSight(sight: Sight): string {
  if (sight === 'every') return '*';
  const codes = [...new Set(sight)];
  for (const code of codes) {
    if (!aCode.test(code)) throw new TypeError('a transaction can be told of authorities by their codes alone');
  }
  return codes.length === 0 ? '-' : codes.join(',');
}

/** Begins a transaction and says for whom it runs: one question to the server, as beginning alone would be. */
export const beginning = (sight: Sight, isolation: '' | 'repeatable read' = ''): string =>
  `begin${isolation && ` isolation level ${isolation}`}; select set_config('caseward.authorities', '${toldSight(sight)}', true)`;

export interface Beginning {
  sight: Sight;
  /** As PostgreSQL has it, unless told. */
  isolation?: 'repeatable read';
}

/** All of it or nothing, in a transaction that sees what it is told. */
export async function transact<T>(source: Runners, { sight, isolation }: Beginning, work: (tx: Tx) => Promise<T>): Promise<T> {
  const begin = beginning(sight, isolation);
  const runner = source.createQueryRunner();
  const unanswered: Promise<unknown>[] = [];
  try {
    // Sent by itself it would get a connection of its own, and what comes next another.
    const { pipeline: isPipelined } = (await runner.connect()) as { pipeline?: boolean };
    const begun = runner.query(begin);
    // What comes after a beginning that failed fails as well.
    if (isPipelined) begun.catch(() => {});
    else await begun;
    unanswered.push(begun);
    if (isPipelined) unansweredOf.set(runner.manager, unanswered);
    const result = await work(runner.manager);
    await allOf([...unanswered, runner.query('commit')]);
    return result;
  } catch (error) {
    // A connection that broke has nothing to roll back, and why the work failed is worth more.
    await runner.query('rollback').catch(() => {});
    // That a transaction has failed says only that one before it did: nobody may have waited for that.
    if (isAfterFailure(error)) await allOf(unanswered);
    throw error;
  } finally {
    await runner.release();
  }
}

/** Whether a statement was refused (25P02) for another's sake. */
const isAfterFailure = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '25P02';

/** Of transactions whose connection takes statements ahead: what nobody waits for but their end. */
const unansweredOf = new WeakMap<Queries, Promise<unknown>[]>();

/** Throws what the first that failed says, since those after it only say that something did. */
async function allOf(statements: readonly (Promise<unknown> | undefined)[]): Promise<unknown[]> {
  return (await Promise.allSettled(statements)).map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/** Statements that do not need what another of them answers: where the connection can, all are sent in their order before the first is answered. Returns what each answers. */
export async function inOneGo<Answers extends readonly unknown[]>(tx: Queries, statements: { [At in keyof Answers]: () => Promise<Answers[At]> | undefined }): Promise<Answers> {
  if (unansweredOf.has(tx)) return (await allOf(statements.map((statement) => statement()))) as unknown as Answers;
  const answers: unknown[] = [];
  for (const statement of statements) answers.push(await statement());
  return answers as unknown as Answers;
}

/** A statement, for whoever sends it. */
export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** What somebody asks who needs no answer to any of it: noted, to be sent in one go. */
export async function noted(work: (tx: Tx) => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const query = async (sql: string, parameters: unknown[] = []): Promise<void> => void statements.push({ sql, parameters });
  await work({ query } as unknown as Tx);
  return statements;
}

/** The last that a transaction asks: it ends without waiting for the answer, where its connection can, and well only if that is well. */
export async function lastly(tx: Queries, statement: Promise<unknown>): Promise<void> {
  const unanswered = unansweredOf.get(tx);
  if (!unanswered) return void (await statement);
  statement.catch(() => {});
  unanswered.push(statement);
}

/** A database as far as one sight reaches. */
export interface Seeing extends Queries {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Every statement, and every piece of work, in a transaction of its own that sees this. */
export const seeing = (source: Runners, sight: Sight): Seeing => ({
  query: (sql: string, parameters?: unknown[]) => transact(source, { sight }, (tx) => tx.query(sql, parameters)),
  transaction: (work) => transact(source, { sight }, work),
});

/** The authorities that some things belong to; what is nobody's adds none. */
export const authoritiesOf = (some: readonly { authority: string | null }[]): string[] =>
  [...new Set(some.flatMap(({ authority }) => authority ?? []))].toSorted();
