import { readFileSync } from 'node:fs';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { StartError } from '../servers/supervisor.ts';
import { type DatabaseRole, databaseRoles, type ServiceName, siteRoles, siteSchemas } from './services.ts';

/** Gives the password of a database role, such as `triage_app`. */
export type PasswordOf = (role: string) => string;

const template = (name: string): string => readFileSync(new URL(`../../deploy/database/${name}.sql`, import.meta.url), 'utf8');

/** Makes the database of that name unless it is there. */
export async function makeDatabase(ownerUrl: string, name: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${identifier(name)}`);
  });
}

/** Gives every service and site its schema and roles in the database of the owner's URL; may be repeated. */
export async function prepareDatabase(ownerUrl: string, serviceNames: readonly ServiceName[], passwordOf: PasswordOf): Promise<void> {
  const database = pathOf(ownerUrl);
  await withClient(ownerUrl, async (client) => {
    // Two systems that start on one server at once would trip over each other's roles.
    await client.query("select pg_advisory_lock(hashtext('caseward set-up'))");
    await client.query(fill(template('database'), { database: identifier(database) }));
    for (const service of serviceNames) {
      for (const role of databaseRoles) {
        const name = `${service}_${role}`;
        await client.query(fill(template('role'), { role: name, service, password: escapeLiteral(passwordOf(name)) }));
      }
      await client.query(fill(template('service'), { service, database: identifier(database) }));
    }
    for (const site of Object.values(siteSchemas)) {
      for (const role of siteRoles) {
        const name = `${site}_${role}`;
        await client.query(fill(template('role'), { role: name, service: site, password: escapeLiteral(passwordOf(name)) }));
      }
      await client.query(fill(template('site'), { site, database: identifier(database) }));
    }
  });
}

/** The URL with which a service signs in to the database in one of its roles. */
export function roleUrl(ownerUrl: string, { service, role }: { service: string; role: DatabaseRole }, passwordOf: PasswordOf): string {
  const url = new URL(ownerUrl);
  url.username = `${service}_${role}`;
  url.password = passwordOf(url.username);
  return url.href;
}

/** Puts values in the place of names in braces; a name without a value is an error. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nothing to put in the place of {${name}}`);
    return value;
  });
}

function pathOf(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (!name) throw new StartError('DATABASE_URL names no database: it ends in the name of one, as in postgresql://owner:password@host:5432/caseward.');
  return name;
}

function identifier(name: string): string {
  return escapeIdentifier(name);
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(url);
    throw new StartError(`The database at ${host} cannot be used: ${(error as Error).message}`);
  }
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
