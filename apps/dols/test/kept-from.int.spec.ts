import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { FromPeople } from '#libs/claims';
import type { ContractOf } from '#libs/contracts';
import { STEP_UP } from '#libs/identity';
import { withRestricted } from '#libs/journal';
import { MessageContext } from '#libs/messaging';
import { Database } from '#libs/platform';
import { OtherHolder } from '#libs/testing';
import { DolsService } from './dols-service.js';

const west = 'E06000062';
const [administrator, other, manager, secondManager, authoriser, assessor, otherAssessor, doctor, partner] = [
  'staff-dols-1', 'staff-dols-2', 'staff-manager-1', 'staff-manager-2', 'staff-authoriser-1', 'staff-bia-1', 'staff-bia-2', 'staff-mha-1', 'staff-partner-1',
] as const;

let dols: DolsService;
let triage: OtherHolder;
let owner: Client;
beforeAll(async () => {
  triage = await OtherHolder.start();
  dols = await DolsService.start(triage.url, undefined, { TRIAGE_URL: triage.url });
  owner = new Client({ connectionString: dols.database.ownerUrl, options: '-c search_path=dols' });
  await owner.connect();
  const known = [[administrator, 'dols_administrator'], [other, 'dols_administrator'], [manager, 'manager'], [secondManager, 'manager'], [authoriser, 'authoriser'], [assessor, 'best_interests_assessor'], [doctor, 'mental_health_assessor']];
  for (const [actsAs, role] of known) {
    await owner.query(`insert into known_staff (id, acts_as, registered_sequence, roles, acts_for, roles_sequence, status, status_sequence) values ($1, $2, 1, $3, $4, 2, 'active', 1)`, [randomUUID(), actsAs, [role], west]);
  }
}, 60_000);
afterAll(async () => {
  await owner?.end();
  await dols?.close();
  triage?.close();
});

const body = { authority: west, kind: 'new', setting: 'care_home_nursing', managingAuthority: 'An invented home.', person: { givenName: 'Inventa', familyName: 'Kept' } };
const asked = async (): Promise<string> => (await dols.ask('POST', '/requests', body, { as: partner })).body['id'] as string;
const sequenceOf = async (id: string): Promise<number> => (await owner.query('select sequence from dols_request where id = $1', [id])).rows[0].sequence;
const act = async (id: string, step: string, of: object, as: string) => dols.ask('POST', `/requests/${id}/${step}`, of, { as, 'if-match': `"${await sequenceOf(id)}"` });
const keep = (id: string, { staff = [other], why = 'source_of_risk', as = administrator }: { staff?: string[]; why?: string; as?: string } = {}) => act(id, 'kept-from', { staff, why }, as);
const statusFor = async (id: string, as: string) => (await dols.ask('GET', `/requests/${id}`, undefined, { as })).status;
const listed = async (url: string, id: string, as: string) => JSON.stringify((await dols.ask('GET', url, undefined, { as })).body).includes(id);

async function identified(recordId: string, personId: string): Promise<void> {
  const message = { id: `${randomUUID()}:v1`, subject: personId, time: '2026-06-02T09:00:00.000000Z', authority: west, sequence: 1, traceparent: null, data: { recordKind: 'dols_request', recordId, ageBand: '75-84' } } as unknown as ContractOf<'safeguarding.person.identified.v1'>;
  await dols.app.get(Database).transaction(withRestricted([west]), (tx) => dols.app.get(FromPeople).identified([message], new MessageContext(tx)));
}

/** Given to an assessor and a doctor. */
async function allocated(): Promise<string> {
  const id = await asked();
  await act(id, 'screen', { result: 'likely', reason: 'Because.' }, administrator);
  await act(id, 'prioritise', { band: 'high', reason: 'Because.' }, administrator);
  expect((await act(id, 'allocate', { bestInterestsAssessor: assessor, mentalHealthAssessor: doctor }, administrator)).status).toBe(200);
  return id;
}

describe('a request that is kept from somebody', () => {
  it('is for them as if there were none, and in none of their lists', async () => {
    const id = await asked();
    expect(await keep(id)).toMatchObject({ status: 200, body: { id } });
    for (const as of [administrator, manager, authoriser]) expect(await statusFor(id, as)).toBe(200);
    const [it, nothing] = [await dols.ask('GET', `/requests/${id}`, undefined, { as: other }), await dols.ask('GET', `/requests/${randomUUID()}`, undefined, { as: other })];
    expect([it.status, it.body]).toEqual([404, nothing.body]);
    expect([await listed('/queue', id, administrator), await listed('/queue', id, other)]).toEqual([true, false]);
    const opened = await dols.ask('POST', '/requests/break-glass', { request: id, reason: 'Invented.' }, { as: other, authorization: `Bearer ${await dols.issuer.person(other, { claims: { acrs: [STEP_UP] } })}` });
    expect(opened.status).toBe(404);
    expect((await dols.ask('GET', `/requests/${id}`, undefined, { as: partner })).status).toBe(200);
    expect((await act(id, 'kept-from/lift', { staff: [other], reason: 'It was not them.' }, administrator)).status).toBe(403);
    expect(await listed('/kept-from', id, manager)).toBe(true);
    expect((await act(id, 'kept-from/lift', { staff: [other], reason: 'It was not them.' }, manager)).status).toBe(200);
    expect(await listed('/kept-from', id, manager)).toBe(false);
    expect(await statusFor(id, other)).toBe(200);
  });

  it('leaves its assessor, and is given to them no more', async () => {
    const id = await allocated();
    expect(await statusFor(id, assessor)).toBe(200);
    expect((await keep(id, { staff: [assessor], why: 'close_to_source' })).status).toBe(200);
    expect(await statusFor(id, assessor)).toBe(404);
    expect((await dols.ask('GET', `/requests/${id}`, undefined, { as: administrator })).body).toMatchObject({ status: 'prioritised', allocation: null, keptFrom: [{ id: assessor }] });
    expect(await act(id, 'allocate', { bestInterestsAssessor: assessor, mentalHealthAssessor: doctor }, administrator)).toMatchObject({ status: 409, body: { code: 'request/kept-from' } });
    expect((await act(id, 'allocate', { bestInterestsAssessor: otherAssessor, mentalHealthAssessor: doctor }, administrator)).status).toBe(200);
  });

  it('is given back by an assessor who says that they must not', async () => {
    const id = await allocated();
    expect(await act(id, 'interest', { why: 'close_to_person' }, assessor)).toMatchObject({ status: 200, body: { id } });
    expect(await statusFor(id, assessor)).toBe(404);
    expect((await dols.ask('GET', `/requests/${id}`, undefined, { as: administrator })).body).toMatchObject({ status: 'prioritised' });
  });

  it('is so alike for another about the same person, and for one of whom triage tells it', async () => {
    const [first, second, third, person, somebody] = [await asked(), await asked(), await asked(), randomUUID(), randomUUID()];
    await keep(first, { why: 'about_oneself' });
    await identified(first, person);
    await identified(second, person);
    triage.kept.set(somebody, [{ id: other, why: 'close_to_person' }]);
    await identified(third, somebody);
    expect([await statusFor(second, other), await statusFor(third, other), await statusFor(third, administrator)]).toEqual([404, 404, 200]);
  });
});
