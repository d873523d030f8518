import 'reflect-metadata';
import { afterAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { FromPeople } from '#libs/claims';
import type { ContractOf } from '#libs/contracts';
import { STEP_UP } from '#libs/identity';
import { withRestricted } from '#libs/journal';
import { MessageContext } from '#libs/messaging';
import { Checks, Database } from '#libs/platform';
import { OtherHolder } from '#libs/testing';
import { DolsService } from './dols-service.js';

export const west = 'E06000062';
export const [administrator, other, manager, secondManager, authoriser, assessor, otherAssessor, doctor, partner] = [
  'staff-dols-1', 'staff-dols-2', 'staff-manager-1', 'staff-manager-2', 'staff-authoriser-1', 'staff-bia-1', 'staff-bia-2', 'staff-mha-1', 'staff-partner-1',
];

/** Somebody as the directory tells of them. */
interface Known {
  id: string;
  role: string;
  status?: 'active' | 'disabled';
}

const body = { authority: west, kind: 'new', setting: 'care_home_nursing', managingAuthority: 'An invented home.', person: { givenName: 'Inventa', familyName: 'Closed' } };

/** `dols` for all tests of a file about requests that are not open to everybody, who works there, and whoever holds the concerns about the same people. */
export async function closedRequests(...staff: Known[]) {
  const triage = await OtherHolder.start();
  const dols = await DolsService.start(triage.url, undefined, { TRIAGE_URL: triage.url });
  const owner = new Client({ connectionString: dols.database.ownerUrl, options: '-c search_path=dols' });
  await owner.connect();
  afterAll(async () => {
    await owner.end();
    await dols.close();
    triage.close();
  });

  const knows = async (...told: Known[]): Promise<void> => {
    for (const { id, role, status = 'active' } of told) {
      await owner.query(`insert into known_staff (id, acts_as, registered_sequence, roles, acts_for, roles_sequence, status, status_sequence) values ($1, $2, 1, $3, $4, 2, $5, 3)`, [randomUUID(), id, [role], west, status]);
    }
  };
  await knows(...staff);

  const asked = async (as = partner): Promise<string> => (await dols.ask('POST', '/requests', body, { as })).body['id'] as string;
  const sequenceOf = async (id: string): Promise<number> => (await owner.query('select sequence from dols_request where id = $1', [id])).rows[0].sequence;
  const act = async (id: string, step: string, of: object, as: string) => dols.ask('POST', `/requests/${id}/${step}`, of, { as, 'if-match': `"${await sequenceOf(id)}"` });
  const restrict = (id: string, names = [administrator], as = manager) => act(id, 'restriction', { names, why: 'domestic_abuse' }, as);
  /** A request that is restricted to an administrator and a manager, unless others are named. */
  const restricted = async (names?: string[]): Promise<string> => {
    const id = await asked();
    expect((await restrict(id, names)).status).toBe(200);
    return id;
  };
  const glass = async (request: string, { as = other, isSteppedUp = true, reason = 'Canaryreason: nobody else is here.' } = {}) => {
    const headers = isSteppedUp ? { authorization: `Bearer ${await dols.issuer.person(as, { claims: { acrs: [STEP_UP] } })}` } : {};
    return dols.ask('POST', '/requests/break-glass', { request, reason }, { as, ...headers });
  };

  /** That a request turned out to be about somebody. */
  const identified = async (recordId: string, personId: string): Promise<void> => {
    const message = { id: `${randomUUID()}:v1`, subject: personId, time: '2026-06-02T09:00:00.000000Z', authority: west, sequence: 1, traceparent: null, data: { recordKind: 'dols_request', recordId, ageBand: '75-84' } } as unknown as ContractOf<'safeguarding.person.identified.v1'>;
    await dols.app.get(Database).transaction(withRestricted([west]), (tx) => dols.app.get(FromPeople).identified([message], new MessageContext(tx)));
  };
  /** That people turned out to be one. */
  const joined = async (personId: string, into: string): Promise<void> => {
    const message = { id: `${randomUUID()}:v1`, type: 'safeguarding.person.joined.v1', subject: personId, sequence: 2, data: { into } } as unknown as ContractOf<'safeguarding.person.joined.v1'>;
    await dols.app.get(Database).transaction('every', (tx) => dols.app.get(FromPeople).aliases([message], new MessageContext(tx)));
  };

  const get = async (url: string, as: string) => (await dols.ask('GET', url, undefined, { as })).body as { items: Record<string, unknown>[]; total: number };
  const read = async (id: string, as: string) => (await dols.ask('GET', `/requests/${id}`, undefined, { as })).body;
  const statusFor = async (id: string, as: string) => (await dols.ask('GET', `/requests/${id}`, undefined, { as })).status;
  const listed = async (url: string, id: string, as: string) => JSON.stringify(await get(url, as)).includes(id);
  /** What verifying finds between the story and the rows that follow from it. */
  const found = async (): Promise<string[]> => {
    const whats: string[] = [];
    for (const check of dols.app.get(Checks).all.filter(({ name }) => ['chain', 'read-tables'].includes(name))) for await (const { what } of check.run()) whats.push(what);
    return whats;
  };

  return { dols, triage, owner, knows, asked, act, restrict, restricted, glass, identified, joined, get, read, statusFor, listed, found };
}
