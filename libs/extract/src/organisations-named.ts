import type { SealedRow, SealedRows, Tx, Vault } from '#libs/journal';

/** An organisation as a row of an extract names it. */
export interface NamedOrganisation {
  authority: string;
  /** A code of whoever raises concerns, where the row has one. */
  kind: string | null;
  name: string;
}

/** What a service keeps of the organisations that its file names. Run by SERVICE_migrate within its schema. */
export const organisationsNamedTable = (service: string): string => `
create table organisation_named (
  id bigint generated always as identity primary key,
  token bytea not null unique,
  authority text not null,
  kind text,
  name bytea not null,
  held_at timestamptz not null default now()
);
comment on table organisation_named is 'An organisation as an extract names it, encrypted, once a name and kind: the directory has a person say which it is.';
grant select, insert on organisation_named to ${service}_app;
grant select on organisation_named to ${service}_maintain;
`;

/** What is longer is no name, whatever the column says; it stays with the record that it came with. */
const longestName = 300;
const purpose = 'organisation named';
const place = (token: Buffer): string => `organisation_named/name/${token.toString('base64url')}`;

/** The organisations that a service's file has named, each once. */
export class OrganisationsNamed {
  constructor(private readonly vault: Vault) {}

  async keep(tx: Tx, named: NamedOrganisation[]): Promise<void> {
    const found = new Map<string, NamedOrganisation & { token: Buffer }>();
    for (const one of named) {
      const text = [one.authority, one.kind ?? '', one.name].join('\0');
      if (one.name.trim() === '' || one.name.length > longestName || found.has(text)) continue;
      found.set(text, { ...one, token: this.vault.lastingHmac(purpose, text) });
    }
    // In one order for everybody, so that no two wait for each other.
    const rows = [...found.values()].toSorted((a, b) => a.token.compare(b.token));
    if (rows.length === 0) return;
    await tx.query(
      `insert into organisation_named (token, authority, kind, name) select * from unnest($1::bytea[], $2::text[], $3::text[], $4::bytea[]) on conflict do nothing`,
      [rows.map(({ token }) => token), rows.map(({ authority }) => authority), rows.map(({ kind }) => kind), rows.map(({ token, name }) => this.vault.close(purpose, place(token), name))],
    );
  }

  async after(tx: Tx, id: number, limit: number): Promise<(NamedOrganisation & { id: number })[]> {
    const rows: { id: number; token: Buffer; authority: string; kind: string | null; name: Buffer }[] = await tx.query(
      `select id, token, authority, kind, name from organisation_named where id > $1 order by id limit $2`,
      [id, limit],
    );
    return rows.map(({ token, name, ...row }) => ({ ...row, name: this.vault.open(purpose, place(token), name).toString() }));
  }
}

/** The names, for when the service's keys are changed; they are found by a digest that stays. */
export const namesOfOrganisations: SealedRows<SealedRow & { id: number }> = {
  table: 'organisation_named',
  purpose,
  async after(queries, last, limit) {
    const rows: { id: number; token: Buffer; name: Buffer }[] = await queries.query(`select id, token, name from organisation_named where id > $1 order by id limit $2`, [last?.id ?? 0, limit]);
    return rows.map(({ id, token, name }) => ({ id, place: place(token), sealed: name }));
  },
  async replace(queries, rows) {
    await queries.query(
      `update organisation_named set name = anew.name from unnest($1::bigint[], $2::bytea[], $3::bytea[]) as anew (id, before, name)
       where organisation_named.id = anew.id and organisation_named.name = anew.before`,
      [rows.map(({ row }) => row.id), rows.map(({ row }) => row.sealed), rows.map(({ sealed }) => sealed)],
    );
  },
};
