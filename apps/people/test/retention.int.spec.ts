import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { recordIdOf } from '#libs/extract';
import { PeopleService } from './people-service.js';

const west = 'E06000062';
const [one, another] = ['staff-data-1', 'staff-data-2'];
const at = '2026-07-01T09:00:00.000000Z';
const received = { receivedAt: at, legacy: false, channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null };

/** What `triage`, `section42` and `dols` answer here. */
const claims = new Map<string, object>();
const named = { triage: new Set<string>(), dols: new Set<string>() };
const enquiries = new Set<string>();
const away = new Set<string>();
const receivers: Server[] = [];
let people: PeopleService;
let broker: NatsConnection;
let owner: Client;

async function aReceiver(name: 'triage' | 'section42' | 'dols'): Promise<string> {
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return void response.end();
    const { ids = [], people: asked = [], concernIds = [] } = (await json(request)) as { ids?: string[]; people?: string[]; concernIds?: string[] };
    const answers: Record<string, () => object> = {
      '/internal/claims': () => ({ claims: ids.flatMap((id) => claims.get(id) ?? []) }),
      '/internal/people-named': () => ({ people: asked.filter((id) => named[name as 'triage' | 'dols'].has(id)) }),
      '/internal/enquiries/disposed': () => ({ enquiries: concernIds.map((concernId) => ({ concernId, enquiryId: v7(), isDisposed: !enquiries.has(concernId), onHold: false })) }),
    };
    const isAway = away.has(name) && request.url !== '/internal/claims';
    response.writeHead(isAway ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[request.url!]!()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receivers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  people = await PeopleService.start({ triage: await aReceiver('triage'), section42: await aReceiver('section42'), dols: await aReceiver('dols') });
  const { user, password } = people.broker.login('set-up');
  broker = await connect({ servers: people.broker.url, user, pass: password, inboxPrefix: `_INBOX_${user}` });
  owner = new Client({ connectionString: people.database.ownerUrl, options: '-c search_path=people' });
  await owner.connect();
}, 60_000);
afterAll(async () => {
  await owner.end();
  await broker.close();
  await people.close();
  for (const server of receivers) {
    server.closeAllConnections();
    server.close();
  }
});

const publish = (type: string, subject: string, data: object, { source = 'triage', authority = west } = {}) =>
  jetstream(broker).publish(type, JSON.stringify({
    specversion: '1.0', id: `${v7()}:v1`, type, source, subject, time: at, recordedat: at,
    authority, actor: null, sequence: 1, causationid: null, traceparent: null, datacontenttype: 'application/json', data,
  }));
const rows = async (sql: string, ...values: unknown[]) => (await owner.query(sql, values)).rows;
async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(20);
}

/** A concern about somebody, and who that is found to be. */
async function concernAbout(person: object, authority = west): Promise<{ recordId: string; personId: string }> {
  const recordId = v7();
  claims.set(recordId, { recordId, recordKind: 'concern', authority, receivedAt: at, person });
  await publish('safeguarding.concern.received.v1', recordId, received, { authority });
  await eventually(async () => (await rows('select 1 from claim where record_id = $1', recordId)).length > 0);
  return { recordId, personId: (await rows('select person_id from claim where record_id = $1', recordId))[0].person_id as string };
}
const isLetGo = async (recordId: string): Promise<boolean> => (await rows(`select 1 from journal where type = 'RecordLetGo' and data ->> 'recordId' = $1`, recordId)).length > 0;
async function disposedOf({ recordId, personId, authority = west }: { recordId: string; personId: string; authority?: string }, kind = 'concern'): Promise<void> {
  await publish(`safeguarding.${kind}.disposed.v1`, recordId, { personId }, { source: kind === 'concern' ? 'triage' : 'dols', authority });
  await eventually(() => isLetGo(recordId));
}
/** Somebody whom no record needs any more. */
async function unneeded(person: object): Promise<string> {
  const concern = await concernAbout(person);
  await disposedOf(concern);
  return concern.personId;
}

interface Listed {
  items: { id: string; onHold: boolean; proposedBy: string | null; dueOn: string }[];
  isWhole: boolean;
}
const due = async (as = one): Promise<Listed> => (await people.ask('GET', '/retention/due?limit=200', undefined, { as })).body as unknown as Listed;
const isDue = async (id: string, as = one): Promise<boolean> => (await due(as)).items.some((item) => item.id === id);
const review = (id: string, as = one) => people.ask('GET', `/people/${id}/retention`, undefined, { as });
const act = async (id: string, what: string, as: string, body: object = {}) =>
  people.ask('POST', `/people/${id}/${what}`, body, { as, 'if-match': `"${(await rows('select sequence from person where person_id = $1', id))[0].sequence}"` });
async function dispose(id: string): Promise<void> {
  expect((await act(id, 'disposal/propose', one)).status).toBe(200);
  expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ id, status: 'disposed', onHold: false });
}
const count = async (table: string, id: string, column = 'person_id'): Promise<number> => Number((await rows(`select count(*) as n from ${table} where ${column} = $1`, id))[0].n);
const leftOf = async (id: string): Promise<number[]> => Promise.all([count('identity', id), count('person_token', id), count('claim', id), count('record_key', id, 'record_id'), count('narrative', id, 'record_id')]);

const nameOf = async (id: string): Promise<unknown> => ((await people.ask('GET', `/people/${id}`, undefined, { as: 'staff-triage-1' })).body['identity'] as { familyName: string } | null)?.familyName;
const isFound = async (id: string, familyName: string): Promise<boolean> =>
  ((await people.ask('POST', '/people/find', { familyName, why: 'A test.', yearOfBirth: 1946 }, { as: one })).body['people'] as { id: string }[]).some((found) => found.id === id);

/** What verifying finds in the story, its seals and whatever is kept beside it. */
async function found(): Promise<object[]> {
  const answer = await fetch(`${people.url}/internal/verify`, { headers: await people.issuer.as('operator') });
  const lines = (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as { check: string; what?: string; failed?: string });
  expect(new Set(lines.map(({ check }) => check))).toEqual(new Set([...lines.map(({ check }) => check), 'chain', 'keys', 'read-tables', 'identities', 'claims']));
  // For restrictions and for what the inbox lacks the publishers are asked, and there are none here.
  return lines.filter(({ check, what, failed }) => !['restrictions', 'namings', 'inbox'].includes(check) && (what ?? failed) !== undefined);
}
async function rebuild(): Promise<object> {
  const answer = await fetch(`${people.url}/internal/rebuild/read-tables`, { method: 'POST', headers: await people.issuer.as('operator') });
  return JSON.parse((await answer.text()).trim().split('\n').at(-1)!) as object;
}

const invented = (familyName: string, nhsNumber: string) => ({ givenName: 'Ilka', familyName, dateOfBirth: '1946-05-01', nhsNumber, postcode: 'NN11 4FP' });

describe('a person whom no record needs any more', () => {
  it('is due with the last record that named them, and is named to whoever opens that alone', async () => {
    const who = invented('Abel', '9990000018');
    const [first, second] = [await concernAbout(who), await concernAbout(who)];
    expect(second.personId).toBe(first.personId);
    const id = first.personId;
    await disposedOf(first);
    expect([await count('claim', id), await isDue(id)]).toEqual([1, false]);
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'person/no-retention' });
    await disposedOf(second);
    const listed = (await due()).items.find((item) => item.id === id);
    expect(listed).toMatchObject({ class: 'person', years: 0, dueOn: '2026-07-01', onHold: false, proposedBy: null, reference: expect.stringMatching(/^PE-/) });
    expect(JSON.stringify(listed)).not.toContain('Abel');
    expect((await review(id)).body).toMatchObject({ id, status: 'known', isDue: true, name: { givenName: 'Ilka', familyName: 'Abel' }, permitted: ['PlaceLegalHold', 'ProposeDisposal'] });
    expect((await rows(`select what from read_audit where actor = $1 and record_ids = $2 and what <> 'people due for disposal' order by what`, one, [id])).map(({ what }) => what)).toEqual(['names', 'retention of a person']);
    expect([await isDue(id, 'staff-data-north-1'), (await review(id, 'staff-data-north-1')).status, (await review(id, 'staff-manager-1')).status]).toEqual([false, 404, 403]);
    expect((await people.ask('POST', '/people/find', { familyName: 'Abel', dateOfBirth: '1946-05-01', why: 'A test.' }, { as: one })).body).toMatchObject({ people: [] });
  });

  it('goes by two people: who they were for good, while the story, its seals and all that follows stay whole', async () => {
    const who = invented('Babel', '9990000026');
    const id = await unneeded(who);
    expect((await leftOf(id)).slice(0, 4)).toEqual([1, expect.any(Number), 0, 1]);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/confirm', one)).body).toMatchObject({ code: 'person/second-person-required' });
    const before = await count('journal', id, 'record_id');
    expect((await act(id, 'disposal/confirm', another)).body).toEqual({ id, sequence: expect.any(Number), status: 'disposed', onHold: false });
    expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    expect(await count('journal', id, 'record_id')).toBe(before + 1);
    expect(await isDue(id)).toBe(false);
    const { status, body } = await people.ask('GET', `/people/${id}`, undefined, { as: one });
    expect([status, body]).toEqual([200, { id, sequence: before + 1, status: 'disposed', permitted: [], disposedAt: expect.any(String), retention: expect.objectContaining({ class: 'person' }), corrected: null, identity: null, found: [] }]);
    expect((await review(id)).body).toMatchObject({ status: 'disposed', retention: null, permitted: [], name: null });
    expect((await act(id, 'correct', 'staff-triage-1', { characteristics: { gender: 'male' }, reason: 'More came.' })).body).toMatchObject({ code: 'person/disposed' });
    expect(await found()).toEqual([]);
    expect(await rebuild()).toMatchObject({ done: { repaired: 0 } });
    expect(await rows(`select status, gender, let_go_at from person where person_id = $1`, id)).toEqual([{ status: 'disposed', gender: null, let_go_at: null }]);
    // Whoever comes afterwards is somebody new, though everything about them agrees.
    const again = await concernAbout(who);
    expect(again.personId).not.toBe(id);
    expect((await concernAbout(who)).personId).toBe(again.personId);
  }, 60_000);

  it('is kept while another service knows of a record of theirs, and while one cannot be asked', async () => {
    const { recordId, personId: id } = await concernAbout(invented('Cabel', '9990000034'));
    await disposedOf({ recordId, personId: id });
    for (const [keep, ids] of [[named.triage, id], [named.dols, id], [enquiries, recordId]] as const) {
      keep.add(ids);
      expect(await isDue(id)).toBe(false);
      expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'person/no-retention' });
      keep.delete(ids);
    }
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    for (const name of ['triage', 'section42', 'dols']) {
      away.add(name);
      expect(await due()).toMatchObject({ items: [], isWhole: false });
      expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ code: 'person/need-not-known' });
      away.delete(name);
    }
    named.dols.add(id);
    expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ code: 'person/no-retention' });
    named.dols.delete(id);
    expect((await act(id, 'disposal/confirm', another)).status).toBe(200);
  });

  it('is kept where a record comes between the two, and while a legal hold is on them', async () => {
    const who = invented('Dabel', '9990000042');
    const id = await unneeded(who);
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    const late = await concernAbout(who);
    expect(late.personId).toBe(id);
    expect((await act(id, 'disposal/confirm', another)).body).toMatchObject({ code: 'person/disposal-not-proposed' });
    await disposedOf(late);
    expect((await act(id, 'legal-hold', one, { held: true })).body).toMatchObject({ code: 'person/reason-required' });
    expect((await act(id, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' })).body).toEqual({ id, sequence: expect.any(Number), status: 'known', onHold: true });
    expect((await due()).items.find((item) => item.id === id)).toMatchObject({ onHold: true });
    const held = async (as = one) => (await people.ask('GET', '/retention/held', undefined, { as })).body;
    expect(await held()).toEqual({ items: [{ id, reference: expect.stringMatching(/^PE-/), status: 'known', heldBy: one, heldSince: expect.any(String) }], next: null });
    expect(await held('staff-data-north-1')).toEqual({ items: [], next: null });
    expect((await review(id, another)).body).toMatchObject({ onHold: true, heldBy: one, holdReason: 'A notice of an inquiry.', permitted: ['LiftLegalHold'] });
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'person/on-hold' });
    await act(id, 'legal-hold', another, { held: false, reason: 'It is over.' });
    expect(await held()).toEqual({ items: [], next: null });
    expect((await act(id, 'disposal/propose', one)).status).toBe(200);
    expect((await act(id, 'disposal/decline', another, { reason: 'Still wanted.' })).status).toBe(200);
  });

  it('is nobody to those to whom none of the records was open', async () => {
    const who = invented('Ebel', '9990000050');
    const [first, second] = [await concernAbout(who), await concernAbout(who)];
    const id = first.personId;
    for (const { recordId } of [first, second]) await publish('safeguarding.concern.restricted.v1', recordId, { openTo: [another] });
    await eventually(async () => (await rows('select 1 from restriction where named = $1', another)).length >= 2);
    await disposedOf(first);
    // A record that is restricted needs its person as any other does.
    expect([await isDue(id, one), await isDue(id, another)]).toEqual([false, false]);
    expect((await act(id, 'disposal/propose', another)).body).toMatchObject({ code: 'person/no-retention' });
    await disposedOf(second);
    expect([await isDue(id, one), await isDue(id, another)]).toEqual([false, true]);
    expect([(await review(id, one)).status, (await act(id, 'disposal/propose', one)).status, (await review(id, another)).status]).toEqual([404, 404, 200]);
  });

  it('is somebody, and can be held, where a record that is kept is open though one that went was not', async () => {
    const who = invented('Obel', '9990000166');
    const [closed, open] = [await concernAbout(who), await concernAbout(who)];
    await publish('safeguarding.concern.restricted.v1', closed.recordId, { openTo: [another] });
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1', closed.recordId)).length > 0);
    await disposedOf(closed);
    expect((await review(open.personId)).body).toMatchObject({ retention: null, permitted: ['PlaceLegalHold'] });
    expect((await act(open.personId, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' })).body).toMatchObject({ onHold: true });
  });
});

describe('people who were joined', () => {
  it('are needed together, held together and go together, and cannot be separated then', async () => {
    const [kept, maiden] = [await concernAbout(invented('Fabel', '9990000069')), await concernAbout({ ...invented('Gabel', '9990000077'), dateOfBirth: '1946-05-02' })];
    expect(maiden.personId).not.toBe(kept.personId);
    expect((await act(maiden.personId, 'join', 'staff-manager-1', { into: kept.personId, reason: 'Her maiden name.' })).status).toBe(200);
    await disposedOf(kept);
    expect(await isDue(kept.personId)).toBe(false);
    expect(await nameOf(kept.personId)).toBe('Fabel');
    expect(await isFound(kept.personId, 'Fabel')).toBe(true);
    await disposedOf(maiden);
    expect([await nameOf(kept.personId), await isFound(kept.personId, 'Fabel')]).toEqual([undefined, false]);
    expect([await isDue(kept.personId), await isDue(maiden.personId)]).toEqual([true, false]);
    expect((await act(maiden.personId, 'disposal/propose', one)).body).toMatchObject({ code: 'person/joined-into-another' });
    await act(maiden.personId, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' });
    expect((await act(kept.personId, 'disposal/propose', one)).body).toMatchObject({ code: 'person/held-with' });
    await act(maiden.personId, 'legal-hold', one, { held: false, reason: 'It is over.' });
    await dispose(kept.personId);
    for (const id of [kept.personId, maiden.personId]) expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    expect((await act(maiden.personId, 'separate', 'staff-manager-1', { from: kept.personId, reason: 'They are two.' })).body).toMatchObject({ code: 'person/disposed', detail: expect.stringContaining('cannot be brought back') });
    const late = await concernAbout(invented('Habel', '9990000085'));
    expect((await act(late.personId, 'join', 'staff-manager-1', { into: kept.personId, reason: 'The same.' })).body).toMatchObject({ code: 'person/other-not-known' });
    expect(await found()).toEqual([]);
    // What no publisher tells of here any more, restrictions, it takes away; nothing else.
    const restrictions = await count('restriction', another, 'named');
    expect(await rebuild()).toMatchObject({ done: { repaired: restrictions } });
  }, 60_000);

  it('go together also where one of them was another council’s', async () => {
    const [kept, theirs] = [await concernAbout(invented('Ibel', '9990000093')), await concernAbout({ ...invented('Jabel', '9990000107'), dateOfBirth: '1946-05-03' }, 'E06000061')];
    await publish('safeguarding.concern.identified.v1', v7(), { personId: theirs.personId, ageBand: '75-84' });
    await eventually(async () => (await rows('select 1 from person_authority where person_id = $1', theirs.personId)).length === 2);
    expect((await act(theirs.personId, 'join', 'staff-manager-1', { into: kept.personId, reason: 'The same.' })).status).toBe(200);
    await disposedOf(kept);
    expect(await isDue(kept.personId)).toBe(false);
    await disposedOf({ ...theirs, authority: 'E06000061' });
    await dispose(kept.personId);
    for (const id of [kept.personId, theirs.personId]) expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('a person of two councils', () => {
  const [north, theirs] = ['E06000061', 'staff-data-north-1'];

  it('is told to each with what its own people put right alone', async () => {
    const who = invented('Pabel', '9990000174');
    const [{ recordId, personId: id }] = [await concernAbout(who), await concernAbout(who, north)];
    const correctedBy = async (as: string) => ((await people.ask('GET', `/people/${id}`, undefined, { as })).body['corrected'] as { by: string } | null)?.by;
    expect((await act(id, 'correct', 'staff-triage-north-1', { identity: { postcode: 'NN1 1AA' }, reason: 'They moved.' })).status).toBe(200);
    expect([await correctedBy(one), await correctedBy(theirs)]).toEqual([undefined, 'staff-triage-north-1']);
    expect((await act(id, 'correct', 'staff-triage-1', { identity: { postcode: 'NN1 1AB' }, reason: 'They moved.' })).status).toBe(200);
    expect([await correctedBy(one), await correctedBy(theirs)]).toEqual(['staff-triage-1', 'staff-triage-north-1']);
    await publish('safeguarding.concern.restricted.v1', recordId, { openTo: [another] });
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1', recordId)).length > 0);
    expect(await correctedBy(one)).toBeUndefined();
  });

  it('is due to a council that knew who stood for them alone', async () => {
    await people.import('person_ref,given_name,family_name,date_of_birth\nP-79,Ilka,Rabel,1951-05-01\n');
    const [kept, maiden] = [recordIdOf('person', 'P-79'), await concernAbout(invented('Sabel', '9990000190'), north)];
    const isNamed = async (id: string, authority: string): Promise<void> => {
      await publish('safeguarding.concern.identified.v1', v7(), { personId: id, ageBand: '75-84' }, { authority });
      await eventually(async () => (await rows('select 1 from person_authority where person_id = $1 and authority = $2', kept, authority)).length > 0);
    };
    await isNamed(kept, north);
    expect((await act(maiden.personId, 'join', theirs, { into: kept, reason: 'The same.' })).status).toBe(200);
    await isNamed(maiden.personId, west);
    await disposedOf({ ...maiden, authority: north });
    await disposedOf({ recordId: v7(), personId: maiden.personId });
    expect([await isDue(kept), await isDue(maiden.personId)]).toEqual([true, false]);
    await dispose(kept);
  });

  it('is held by each for itself: neither is told who of the other holds them, and neither lifts it', async () => {
    const who = invented('Nabel', '9990000158');
    const [ours, others] = [await concernAbout(who), await concernAbout(who, north)];
    const id = ours.personId;
    expect(others.personId).toBe(id);
    const held = async (as: string) => ((await people.ask('GET', '/retention/held', undefined, { as })).body['items'] as { id: string }[]).some((item) => item.id === id);
    expect((await act(id, 'legal-hold', theirs, { held: true, reason: 'A coroner asks.' })).body).toMatchObject({ onHold: true });
    const { body } = await review(id, one);
    expect(body).toMatchObject({ onHold: false, heldBy: null, heldSince: null, holdReason: null, heldWith: 'yes', permitted: ['PlaceLegalHold'] });
    expect((await act(id, 'legal-hold', one, { held: false, reason: 'It is over.' })).body).toMatchObject({ onHold: false });
    expect([await held(one), await held(theirs)]).toEqual([false, true]);
    expect((await act(id, 'legal-hold', one, { held: true, reason: 'A notice of an inquiry.' })).body).toMatchObject({ onHold: true });
    expect((await review(id, theirs)).body).toMatchObject({ onHold: true, heldBy: theirs, holdReason: 'A coroner asks.' });
    expect((await act(id, 'legal-hold', theirs, { held: false, reason: 'It is over.' })).body).toMatchObject({ onHold: false });
    expect([await held(one), await held(theirs)]).toEqual([true, false]);
    await disposedOf(ours);
    await disposedOf({ ...others, authority: north });
    expect((await act(id, 'disposal/propose', one)).body).toMatchObject({ code: 'person/on-hold' });
    expect((await act(id, 'disposal/propose', theirs)).body).toMatchObject({ code: 'person/held-with' });
    await act(id, 'legal-hold', one, { held: false, reason: 'It is over.' });
    expect((await act(id, 'disposal/propose', theirs)).status).toBe(200);
    expect((await review(id, one)).body).toMatchObject({ proposedBy: null });
    await dispose(id);
  }, 60_000);
});

describe('somebody who was imported', () => {
  it('is told and found as before where a concern that was received goes: a record that came with an extract may need them', async () => {
    await people.import('person_ref,given_name,family_name,date_of_birth,nhs_number\nP-78,Ilka,Tabel,1946-05-01,9990000204\n');
    const id = recordIdOf('person', 'P-78');
    const concern = await concernAbout(invented('Tabel', '9990000204'));
    expect(concern.personId).toBe(id);
    await publish('safeguarding.concern.identified.v1', v7(), { personId: id, ageBand: '75-84' });
    await disposedOf(concern);
    expect([await nameOf(id), await isFound(id, 'Tabel')]).toEqual(['Tabel', true]);
  });

  it('is due though no claim was ever kept, and the same row makes nobody of them again', async () => {
    const csv = 'person_ref,given_name,family_name,date_of_birth,nhs_number\nP-77,Ilka,Kabel,1946-05-01,9990000115\n';
    expect(await people.import(csv)).toMatchObject({ imported: 1 });
    const id = recordIdOf('person', 'P-77');
    const recordId = v7();
    const told = { receivedAt: at, personId: id, kind: 'new', urgent: null, setting: null, ageBand: '75-84', priority: null, allocatedAt: null, decidedAt: null, outcome: null, authorisedFrom: null, authorisedTo: null };
    await publish('safeguarding.dols-request.imported.v1', recordId, told, { source: 'dols' });
    await eventually(async () => (await rows('select 1 from person_authority where person_id = $1', id)).length > 0);
    expect(await isDue(id)).toBe(false);
    await disposedOf({ recordId, personId: id }, 'dols-request');
    expect(await isDue(id)).toBe(true);
    await dispose(id);
    expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    expect(await rows(`select detail from extract_row where reference = 'P-77'`)).toEqual([{ detail: { gone: true } }]);
    expect(await people.import(csv)).toMatchObject({ imported: 0, already_present: 1 });
    expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    // A record of a later extract that names that reference is not about the row that is left.
    const ages = await people.ask('POST', `/internal/imports/${v7()}/ages`, { questions: [{ reference: 'P-77', on: '2026-01-01' }] }, { as: 'triage' });
    expect(ages.body).toEqual({ ages: [{ isKnown: false, ageBand: 'not_known', isUnder18: false }] });
    // Nor is it kept that one names them, which comes late.
    const taken = async () => (await rows('select from inbox')).length;
    const before = await taken();
    await publish('safeguarding.dols-request.imported.v1', v7(), told, { source: 'dols' });
    await eventually(async () => (await taken()) > before);
    expect(await leftOf(id)).toEqual([0, 0, 0, 0, 0]);
    expect(await rows('select record_id from imported_naming where person_id = $1', id)).toEqual([]);
    expect(await found()).toEqual([]);
  });
});

describe('what is told of a record that was disposed of', () => {
  it('is taken once however often it comes, in any order, and survives rubbish', async () => {
    const concern = await concernAbout(invented('Labelle', '9990000123'));
    await disposedOf(concern);
    await publish('safeguarding.concern.disposed.v1', concern.recordId, { personId: concern.personId });
    await publish('safeguarding.concern.disposed.v1', v7(), { personId: 'nobody' });
    await publish('safeguarding.concern.disposed.v1', v7(), { personId: v7() });
    await disposedOf({ recordId: v7(), personId: concern.personId });
    expect(await rows(`select 1 from journal where type = 'RecordLetGo' and record_id = $1`, concern.personId)).toHaveLength(2);
    await dispose(concern.personId);
    const late = v7();
    await publish('safeguarding.concern.disposed.v1', late, { personId: concern.personId });
    await concernAbout(invented('Mabel', '9990000131'));
    expect(await isLetGo(late)).toBe(false);
  });
});
