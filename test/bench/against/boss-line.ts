import type { PoolClient } from 'pg';

/** What the two programs on pg-boss share: the queue, what a job says, and how one is put into a transaction of ours. */
export const queue = 'told';

export interface Told {
  id: string;
  /** Which of the concern's jobs this is, from 1 on. */
  step: number;
  said: object;
}

export const tables = `
create table if not exists posted (id uuid primary key, body jsonb not null);
create table if not exists projected (id uuid not null, step int not null, said jsonb not null, primary key (id, step));
`;

/** What goes wrong by the way is for whoever reads the bench's own words. */
export const trouble = (error: unknown): void => void process.stderr.write(`pg-boss: ${String(error)}\n`);

export const within = (client: PoolClient) => ({
  executeSql: async (text: string, values?: unknown[]): Promise<{ rows: any[] }> => client.query(text, values),
});
