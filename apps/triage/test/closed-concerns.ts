import { afterAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { FromPeople } from '#libs/claims';
import type { ContractOf } from '#libs/contracts';
import { withRestricted } from '#libs/journal';
import { MessageContext } from '#libs/messaging';
import { Database } from '#libs/platform';
import { OtherHolder } from '#libs/testing';
import { ATriage, officer } from './a-triage.js';

export const west = 'E06000062';
export const [other, manager, secondManager, auditor, partner] = ['staff-triage-2', 'staff-manager-1', 'staff-manager-2', 'staff-auditor-1', 'staff-partner-1'];

/** Somebody as the directory tells of them. */
interface Known {
  id: string;
  role: string;
  authority?: string;
  status?: 'active' | 'disabled';
}

/** Triage for all tests of a file about concerns that are not open to everybody, who works there, and whoever holds the DoLS requests about the same people. */
export async function closedConcerns(...staff: Known[]) {
  const dols = await OtherHolder.start();
  const triage = await ATriage.make(1, { DOLS_URL: dols.url });
  afterAll(async () => {
    await triage.close();
    dols.close();
  });

  const knows = async (...told: Known[]): Promise<void> => {
    const rows = told.map(({ id, role, authority = west, status = 'active' }) => `('${randomUUID()}', '${id}', 1, '{${role}}', '${authority}', 2, '${status}', 3)`);
    await triage.asOwner(`insert into triage.known_staff (id, acts_as, registered_sequence, roles, acts_for, roles_sequence, status, status_sequence) values ${rows.join(', ')}`);
  };
  await knows(...staff);

  /** That a concern turned out to be about somebody. */
  const identified = async (recordId: string, personId: string): Promise<void> => {
    const message = { id: `${randomUUID()}:v1`, subject: personId, time: '2026-06-02T09:00:00.000000Z', authority: west, sequence: 1, traceparent: null, data: { recordKind: 'concern', recordId, ageBand: '18-64' } } as unknown as ContractOf<'safeguarding.person.identified.v1'>;
    await triage.app.get(Database).transaction(withRestricted([west]), (tx) => triage.app.get(FromPeople).identified([message], new MessageContext(tx)));
  };
  const restrict = (id: string, { names = [officer], why = 'domestic_abuse', as = manager }: { names?: string[]; why?: string; as?: string } = {}) => triage.act(id, 'restriction', { names, why }, as);

  const status = async (id: string, as: string) => (await triage.ask('GET', `/concerns/${id}`, { as })).status;
  const get = async (url: string, as: string) => (await triage.ask('GET', url, { as })).body as { items: Record<string, unknown>[]; total: number };
  const listed = async (url: string, id: string, as: string) => JSON.stringify(await get(url, as)).includes(id);
  const glass = (concern: string, { as = other, steppedUp = true, reason = 'Canaryreason: nobody else is here.', key = '' } = {}) =>
    triage.ask('POST', '/concerns/break-glass', { as, steppedUp, body: { concern, reason }, ...(key && { key }) });

  return { triage, dols, knows, identified, restrict, status, get, listed, glass };
}
