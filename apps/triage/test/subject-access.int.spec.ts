import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { FromPeople } from '#libs/claims';
import type { ContractOf } from '#libs/contracts';
import { Vault, withRestricted, Words } from '#libs/journal';
import { MessageContext } from '#libs/messaging';
import { Clock, Database } from '#libs/platform';
import type { HeldPage } from '#libs/subject-access';
import { Concerns } from '../src/concern/application/concerns.js';
import type { ImportConcern } from '../src/concern/domain/concern.js';
import { legacyLimbs } from '../src/concern/domain/three-limbs.js';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

const [west, north] = ['E06000062', 'E06000061'];
const [one, another, manager] = ['staff-data-1', 'staff-data-2', 'staff-manager-1'];
const why = 'A request of 1 July 2026.';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
  await triage.asOwner(`insert into triage.known_staff (id, acts_as, registered_sequence, roles, acts_for, roles_sequence, status, status_sequence) values
    ('${randomUUID()}', '${one}', 1, '{data_manager}', '${west}', 2, 'active', 1)`);
}, 60_000);
afterAll(() => triage?.close());

const message = { id: `${randomUUID()}:v1`, time: '2026-06-02T09:00:00.000000Z', authority: west, sequence: 1, traceparent: null };
const told = (work: (from: FromPeople, context: MessageContext) => Promise<void>) =>
  triage.app.get(Database).transaction(withRestricted([west, north]), (tx) => work(triage.app.get(FromPeople), new MessageContext(tx)));
const identified = (recordId: string, subject: string) =>
  told((from, context) => from.identified([{ ...message, id: `${randomUUID()}:v1`, subject, data: { recordKind: 'concern', recordId, ageBand: '18-64' } } as unknown as ContractOf<'safeguarding.person.identified.v1'>], context));
const joined = (subject: string, into: string) =>
  told((from, context) => from.aliases([{ ...message, id: `${randomUUID()}:v1`, subject, type: 'safeguarding.person.joined.v1', data: { into } } as unknown as ContractOf<'safeguarding.person.joined.v1'>], context));

async function about(person: string, more: object = {}, as = 'staff-partner-1'): Promise<string> {
  const id = await triage.raised(more, as);
  await identified(id, person);
  return id;
}

const ask = (path: string, body: object, { as = one, steppedUp = true } = {}) => triage.ask('POST', `/subject-access${path}`, { as, steppedUp, body });
const held = async (person: string, { as = one, after }: { as?: string; after?: string } = {}): Promise<HeldPage> =>
  (await ask('', { person, why, ...(after && { after }) }, { as })).body as unknown as HeldPage;
const records = ({ entries }: HeldPage): string[] => [...new Set(entries.map(({ recordId }) => recordId))];

describe('what is held of somebody’s concerns', () => {
  it('is every word, with what may be about or from others flagged and nothing left out', async () => {
    const person = v7();
    const id = await about(person, {
      worry: 'Her purse is empty again. (Invented.)',
      referrer: { name: 'Invented Neighbour', phone: '01604 000000', type: 'family_or_friend' },
      sourceOfRisk: 'known_to_individual',
      otherAllegations: [{ abuseType: 'financial_or_material', sourceOfRisk: 'unknown_to_individual', locationType: 'community' }],
      details: { alleged: 'An invented nephew', circle: 'An invented sister', when: 'On Monday' },
    });
    await triage.act(id, 'triage', noFurtherAction);
    const { entries, next } = await held(person);
    const shown = Object.fromEntries(entries.map(({ what, words, thirdParty }) => [what, [words, thirdParty]]));
    expect(next).toBeNull();
    expect(shown).toMatchObject({
      'Concern received: account, worry': ['Her purse is empty again. (Invented.)', expect.stringContaining('somebody else said')],
      'Concern received: account, referrer, name': ['Invented Neighbour', expect.stringContaining('who raised it')],
      'Concern received: account, referrer, phone': ['01604 000000', expect.stringContaining('who raised it')],
      'Concern received: by': ['staff-partner-1', expect.stringContaining('who raised it')],
      'Concern received: account, details, alleged': ['An invented nephew', expect.stringContaining('caused harm')],
      'Concern received: account, details, circle': ['An invented sister', expect.stringContaining('relatives')],
      'Concern received: account, details, when': ['On Monday', null],
      'Concern received: source of risk': ['known to individual', expect.stringContaining('caused harm')],
      'Concern received: other allegations, abuse type': ['financial or material', null],
      'Concern received: other allegations, source of risk': ['unknown to individual', expect.stringContaining('caused harm')],
      'Person identified: age band': ['18-64', null],
      'Concern triaged: outcome': ['no further action', null],
      'Concern triaged: limbs, needs, reason': ['Invented.', expect.stringContaining('may name others')],
      'Concern triaged: decided by': [officer, expect.stringContaining('works for the council')],
    });
    expect(entries.every(({ recordId, reference, record, service }) => recordId === id && reference.startsWith('SC-') && record === 'concern' && service === 'triage')).toBe(true);
  });

  it('takes in those of everybody who was joined, in either direction', async () => {
    const [root, joinedIn, beside] = [v7(), v7(), v7()];
    const ids = [await about(root), await about(joinedIn), await about(beside)];
    await joined(joinedIn, root);
    await joined(beside, root);
    for (const person of [root, joinedIn, beside]) expect(records(await held(person)).toSorted()).toEqual(ids.toSorted());
    expect(records(await held(v7()))).toEqual([]);
  });

  it('comes page by page, each recorded with what it showed and why', async () => {
    const person = v7();
    const ids: string[] = [];
    for (let n = 0; n < 21; n += 1) ids.push(await about(person));
    const first = await held(person);
    const second = await held(person, { after: first.next! });
    expect([records(first), records(second), second.next]).toEqual([ids.slice(0, 20), ids.slice(20), null]);
    const readings = await triage.query<{ records: string[] }>(`select record_ids as records from read_audit where actor = $1 and what = 'subject access' order by id desc limit 2`, [one]);
    expect(readings.map(({ records: listed }) => listed.toSorted())).toEqual([ids.slice(20), ids.slice(0, 20)]);
    const auditor = (await triage.ask('GET', `/readings?record=${ids[20]}`, { as: 'staff-auditor-1' })).body;
    expect(JSON.stringify(auditor)).toContain(why);
  });

  it('is for a data manager who gives a reason and has just signed in again', async () => {
    const person = v7();
    await about(person);
    for (const as of [officer, manager, 'staff-auditor-1', 'staff-administrator-1', 'staff-partner-1']) expect((await ask('', { person, why }, { as })).status).toBe(403);
    expect(await ask('', { person, why }, { steppedUp: false })).toMatchObject({ status: 401, body: { code: 'token/step_up' } });
    for (const said of ['', ' ']) expect((await ask('', { person, why: said })).status).toBe(400);
    expect((await ask('', { person })).status).toBe(400);
  });

  it('is nothing of another council’s', async () => {
    const person = v7();
    const [ours, theirs] = [await about(person), await about(person, { authority: north }, 'staff-partner-north-1')];
    expect([records(await held(person)), records(await held(person, { as: 'staff-data-north-1' }))]).toEqual([[ours], [theirs]]);
  });

  it('has no restricted concern unless it is open to whoever asks, and does not tell that there is one', async () => {
    const person = v7();
    const [open, restricted] = [await about(person), await about(person)];
    const before = JSON.stringify(await held(person));
    await triage.act(restricted, 'restriction', { names: [], why: 'staff_as_subject' }, manager);
    const after = await held(person);
    expect([records(after), JSON.stringify(after).includes(restricted)]).toEqual([[open], false]);
    expect(before).toContain(restricted);
    const { reference } = JSON.parse(before).entries.find(({ recordId }: { recordId: string }) => recordId === restricted);
    expect((await ask('/find', { reference, why })).body).toEqual({ items: [] });
    await triage.act(restricted, 'restriction', { names: [one], why: 'staff_as_subject' }, manager);
    expect(records(await held(person))).toEqual([open, restricted]);
  });

  it('is nothing of a concern that was disposed of: what is left of it leads to nobody', async () => {
    const [recordId, personId, at] = [v7(), v7(), '2015-05-01T09:00:00.000000Z'];
    const words = new Words(triage.app.get(Vault));
    const decision = { at, outcome: 'no_further_action', limbs: legacyLimbs({ needs: 'yes', risk: 'no', unable: null }), reason: null, decidedByInWords: null, notSafeguardingReason: null } as const;
    const command: ImportConcern = {
      type: 'ImportConcern', at, reference: 'OLD-1', account: words.keep('Words of an invented neighbour.'), person: { personId, ageBand: '75-84' }, decision,
      channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null,
    };
    await triage.app.get(Database).transaction([west], (tx) => triage.app.get(Concerns).handle(tx, { recordId, command, words, context: { authority: west, actor: null, recordedAt: triage.app.get(Clock).now() } }));
    expect((await held(personId)).entries).toContainEqual(expect.objectContaining({ words: 'Words of an invented neighbour.', thirdParty: expect.any(String) }));
    const seen = async (): Promise<string> => `"${(await triage.query<{ sequence: number }>('select sequence from concern where id = $1', [recordId]))[0]!.sequence}"`;
    await triage.ask('POST', `/concerns/${recordId}/disposal/propose`, { as: one, seen: await seen(), body: {} });
    expect((await triage.ask('POST', `/concerns/${recordId}/disposal/confirm`, { as: another, seen: await seen(), body: {} })).body).toMatchObject({ status: 'disposed' });
    expect(await held(personId)).toEqual({ entries: [], next: null });
    expect((await ask('/find', { reference: 'OLD-1', why })).body).toEqual({ items: [{ id: recordId, reference: 'OLD-1', personId: null }] });
  });

  it('is found by the reference of a concern', async () => {
    const person = v7();
    const id = await about(person);
    const { reference } = (await held(person)).entries[0]!;
    expect((await ask('/find', { reference: reference.toLowerCase(), why })).body).toEqual({ items: [{ id, reference, personId: person }] });
    expect((await ask('/find', { reference, why }, { as: 'staff-data-north-1' })).body).toEqual({ items: [] });
    expect((await ask('/find', { reference, why }, { as: officer })).status).toBe(403);
  });
});
