import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { fromSetUp } from './environment.js';

export type Role = 'app' | 'relay' | 'maintain' | 'migrate' | 'auditor';

export interface TestDatabase {
  name: string;
  /** Signed in as the owner of everything. */
  ownerUrl: string;
  /** Signed in as one of a service's roles. */
  url(service: string, role: Role): string;
  /** Drops it, whoever is still connected. */
  close(): Promise<void>;
}

/** A fresh database with every service's schema and roles and no tables: the suite runs its own migrations. */
export async function testDatabase(name = `caseward_test_${randomBytes(6).toString('hex')}`): Promise<TestDatabase> {
  if (!/test/.test(name)) throw new Error(`A test may not use the database "${name}": its name lacks "test".`);
  const serverUrl = fromSetUp('TEST_DATABASE_URL');
  const quoted = escapeIdentifier(name);
  await onServer(serverUrl, `create database ${quoted} template ${escapeIdentifier(fromSetUp('TEST_DATABASE_TEMPLATE'))}`);
  const at = (user?: { name: string; password: string }): string => {
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    if (user) [url.username, url.password] = [user.name, user.password];
    return url.href;
  };
  return {
    name,
    ownerUrl: at(),
    url: (service, role) => at({ name: `${service}_${role}`, password: `test-${service}_${role}` }),
    close: () => onServer(serverUrl, `drop database if exists ${quoted} with (force)`),
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
