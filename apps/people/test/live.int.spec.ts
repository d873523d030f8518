import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { recordIdOf } from '#libs/extract';
import { STEP_UP } from '#libs/identity';
import type { Entry } from '#libs/subject-access';
import { PeopleService } from './people-service.js';

const west = 'E06000062';
const vera = { givenName: 'Vera', familyName: 'Varga', dateOfBirth: '1946-05-01', nhsNumber: '9997019903', postcode: 'NN11 4FP' };

describe('whom a record is about', () => {
  const claims = new Map<string, object>();
  let isAway = false;
  let receivers: Server;
  let people: PeopleService;
  let broker: NatsConnection;
  let database: Client;

  beforeAll(async () => {
    receivers = createServer(async (request, response) => {
      // Every few seconds the service looks besides for what the broker did not deliver.
      if (request.method === 'GET') return void response.writeHead(404).end();
      const { ids } = (await json(request)) as { ids: string[] };
      const body = { claims: ids.flatMap((id) => claims.get(id) ?? []) };
      response.writeHead(isAway ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((listening) => receivers.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(receivers.address() as AddressInfo).port}`;
    people = await PeopleService.start({ triage: url, dols: url });
    const { user, password } = people.broker.login('set-up');
    broker = await connect({ servers: people.broker.url, user, pass: password, inboxPrefix: `_INBOX_${user}` });
    database = new Client({ connectionString: people.database.ownerUrl, options: '-c search_path=people' });
    await database.connect();
  }, 60_000);
  afterAll(async () => {
    await database.end();
    await broker.close();
    await people.close();
    receivers.closeAllConnections();
    receivers.close();
  });

  const publish = (type: string, subject: string, data: object, id = `${v7()}:v1`) =>
    jetstream(broker).publish(type, JSON.stringify({
      specversion: '1.0', id, type, source: 'triage', subject, time: '2026-07-01T09:00:00.000000Z', recordedat: '2026-07-01T09:00:00.000000Z',
      authority: west, actor: null, sequence: 1, causationid: null, traceparent: null, datacontenttype: 'application/json', data,
    }));
  const received = { receivedAt: '2026-07-01T09:00:00.000000Z', legacy: false, channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null };
  const tell = async (person: object, id?: string): Promise<string> => {
    const recordId = v7();
    claims.set(recordId, { recordId, recordKind: 'concern', authority: west, receivedAt: received.receivedAt, person });
    await publish('safeguarding.concern.received.v1', recordId, received, id);
    return recordId;
  };
  const rows = async (sql: string, ...values: unknown[]) => (await database.query(sql, values)).rows;
  async function personOf(recordId: string): Promise<string> {
    for (;;) {
      const [claim] = await rows('select person_id from claim where record_id = $1', recordId);
      if (claim) return claim.person_id as string;
      await sleep(20);
    }
  }

  async function eventually(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) await sleep(20);
  }

  it('is somebody new at first, and the same person when the NHS number and name agree', async () => {
    const first = await personOf(await tell(vera));
    const again = await personOf(await tell({ ...vera, postcode: 'NN4 5EA' }));
    expect(again).toBe(first);
    const events = await rows('select type, authority, data from journal where record_id = $1 order by sequence', first);
    expect(events.map(({ type }) => type)).toEqual(['PersonRegistered', 'BecameKnownTo', 'PersonIdentified', 'PersonIdentified']);
    expect(events[2]).toMatchObject({ authority: west, data: { recordKind: 'concern', ageBand: '75-84', under18: false } });
  });

  it('is told without the records that are restricted to others', async () => {
    const kept = { ...vera, givenName: 'Ilka', familyName: 'Zorn', nhsNumber: '9990000026', dateOfBirth: '1951-02-03' };
    const [open, restricted] = [await tell(kept), await tell(kept)];
    const personId = await personOf(open);
    expect(await personOf(restricted)).toBe(personId);
    await publish('safeguarding.concern.restricted.v1', restricted, { openTo: ['staff-triage-2'] });
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1', restricted)).length === 2);
    const request = v7();
    await publish('safeguarding.dols-request.restricted.v1', request, { openTo: ['staff-dols-2'] });
    await publish('safeguarding.dols-request.glass-broken.v1', request, { by: 'staff-dols-1', until: '2999-01-01T00:00:00.000000Z' });
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1', request)).length === 3);
    const recordsFor = async (as: string) => ((await people.ask('GET', `/people/${personId}`, undefined, { as })).body['records'] as { recordId: string }[]).map(({ recordId }) => recordId).toSorted();
    expect([await recordsFor('staff-triage-1'), await recordsFor('staff-triage-2')]).toEqual([[open], [open, restricted].toSorted()]);
  });

  it('is told without the records that are kept from whoever asks', async () => {
    const herself = { ...vera, givenName: 'Ottilie', familyName: 'Quast', nhsNumber: '9990000034', dateOfBirth: '1949-05-06' };
    const [open, kept] = [await tell(herself), await tell(herself)];
    const personId = await personOf(open);
    expect(await personOf(kept)).toBe(personId);
    const keep = (staff: string[], isKept: boolean) => publish('safeguarding.concern.kept-from.v1', kept, { staff, kept: isKept });
    await keep(['staff-triage-1'], true);
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1 and kept', kept)).length === 1);
    const recordsFor = async (as: string) => ((await people.ask('GET', `/people/${personId}`, undefined, { as })).body['records'] as { recordId: string }[]).map(({ recordId }) => recordId).toSorted();
    expect([await recordsFor('staff-triage-1'), await recordsFor('staff-triage-2')]).toEqual([[open], [open, kept].toSorted()]);
  });

  it('is one person where records that came together agree, and each pair in doubt is suggested once', async () => {
    const anna = { givenName: 'Anna', familyName: 'Toth', dateOfBirth: '1950-03-04', nhsNumber: '9990000018', postcode: 'NN3 3CC' };
    isAway = true;
    const told = [anna, { ...anna, nhsNumber: undefined }, anna, { ...anna, givenName: 'A' }];
    const records: string[] = [];
    for (const person of told) records.push(await tell(person));
    await sleep(300);
    isAway = false;
    const found: string[] = [];
    for (const recordId of records) found.push(await personOf(recordId));
    const [first, doubtful, again, short] = found;
    expect([again, short]).toEqual([first, first]);
    expect(doubtful).not.toBe(first);
    const events = await rows('select type, sequence from journal where record_id = $1 order by sequence', first);
    expect(events.map(({ type }) => type)).toEqual(['PersonRegistered', 'BecameKnownTo', 'PersonIdentified', 'PersonIdentified', 'PersonIdentified']);
    expect(await rows('select 1 from possible_match where $1 in (person_id, other_person_id)', doubtful)).toHaveLength(1);
  });

  it('is told once however often the message comes', async () => {
    const id = `${v7()}:v1`;
    const recordId = await tell({ givenName: 'Twice' }, id);
    const personId = await personOf(recordId);
    await publish('safeguarding.concern.received.v1', recordId, received, id);
    await publish('safeguarding.concern.received.v1', recordId, received);
    await personOf(await tell({ givenName: 'After' }));
    expect(await rows(`select 1 from journal where record_id = $1 and type = 'PersonIdentified'`, personId)).toHaveLength(1);
  });

  it('survives rubbish, and a record that nobody can tell about', async () => {
    await jetstream(broker).publish('safeguarding.concern.received.v1', 'rubbish');
    await publish('safeguarding.concern.received.v1', v7(), received);
    await publish('safeguarding.concern.identified.v1', v7(), { personId: v7(), ageBand: '65-74' });
    expect(await personOf(await tell({ givenName: 'Still' }))).toBeDefined();
    const [letter] = await rows('select type from dead_letter');
    expect(letter).toEqual({ type: 'safeguarding.concern.received.v1' });
  });

  it('waits while the receiver is away', async () => {
    isAway = true;
    const recordId = await tell({ givenName: 'Later' });
    await sleep(300);
    isAway = false;
    expect(await personOf(recordId)).toBeDefined();
  });

  it('is suggested to a person where there is doubt, joined and separated by them', async () => {
    const one = await personOf(await tell({ givenName: 'Ilona', familyName: 'Szabo', dateOfBirth: '1940-02-03', postcode: 'NN1 1AA' }));
    const other = await personOf(await tell({ givenName: 'Ilona', familyName: 'Sabo', dateOfBirth: '1940-03-02', postcode: 'NN1 1AA' }));
    expect(other).not.toBe(one);
    const { body } = await people.ask('GET', `/people/${other}/matches`);
    expect(body['matches']).toMatchObject([{ personId: one }]);

    const seen = await people.ask('GET', `/people/${other}`, undefined, { 'caseward-why': 'looking' });
    expect(seen.body).toMatchObject({ status: 'known', identity: { familyName: 'Sabo' } });
    const match = (etag: string | null) => ({ 'if-match': etag!, as: 'staff-data-1' });
    expect((await people.ask('POST', `/people/${other}/join`, { into: one, reason: 'same' }, { as: 'staff-data-1' })).status).toBe(428);
    expect((await people.ask('POST', `/people/${other}/join`, { into: one }, match(seen.etag))).body).toMatchObject({ code: 'person/reason-required' });
    const joined = await people.ask('POST', `/people/${other}/join`, { into: one, reason: 'same' }, match(seen.etag));
    expect(joined.body).toMatchObject({ status: 'joined', into: one });
    const named = await people.ask('POST', '/people/names', { ids: [other], why: 'a queue' });
    expect(named.body).toEqual({ names: [{ id: other, personId: one, givenName: 'Ilona', familyName: 'Szabo' }] });
    expect((await people.ask('POST', `/people/${other}/separate`, { from: one, reason: 'not' }, match(seen.etag))).status).toBe(412);
    const apart = await people.ask('POST', `/people/${other}/separate`, { from: one, reason: 'not' }, match(joined.etag));
    expect(apart.body).toMatchObject({ status: 'known' });
  });

  it('is not suggested again once they were found to be two, is told from either side, and may be found again by a person', async () => {
    const one = await personOf(await tell({ givenName: 'Olga', familyName: 'Kovacs', dateOfBirth: '1941-02-03', postcode: 'NN1 2AA' }));
    const record = await tell({ givenName: 'Olga', familyName: 'Kovac', dateOfBirth: '1941-03-02', postcode: 'NN1 2AA' });
    const other = await personOf(record);
    const act = async (path: string, body: object) => {
      const { etag } = await people.ask('GET', `/people/${other}`);
      return people.ask('POST', `/people/${other}/${path}`, body, { 'if-match': etag!, as: 'staff-data-1' });
    };
    const suggested = async (id: string) => ((await people.ask('GET', `/people/${id}/matches`)).body['matches'] as { personId: string }[]).map(({ personId }) => personId);
    const found = async (id: string, as = 'staff-triage-1') => ((await people.ask('GET', `/people/${id}`, undefined, { as })).body['found'] as { verdict: string; personId: string; by: string }[]);
    expect([await suggested(one), await suggested(other), await found(one)]).toEqual([[other], [one], []]);
    await act('join', { into: one, reason: 'same' });
    await act('separate', { from: one, reason: 'They are sisters.' });
    expect([await suggested(one), await suggested(other)]).toEqual([[], []]);
    expect(await found(other)).toMatchObject([{ verdict: 'joined', personId: one, by: 'staff-data-1' }, { verdict: 'separated', personId: one }]);
    expect(await found(one)).toMatchObject([{ verdict: 'joined', personId: other }, { verdict: 'separated', personId: other }]);

    const { body } = await people.ask('GET', `/people/${one}/side-by-side`, undefined, { 'caseward-why': 'whether two people are one' });
    expect(body).toMatchObject({
      id: one, status: 'known', person: { personId: one, identity: { familyName: 'Kovacs' } },
      others: [{ personId: other, identity: { familyName: 'Kovac', postcode: 'NN1 2AA' }, records: [{ recordId: record, recordKind: 'concern', receivedOn: '2026-07-01' }], likeness: null, found: [{ verdict: 'joined' }, { verdict: 'separated', reason: 'They are sisters.' }] }],
    });
    expect((await rows(`select record_ids from read_audit where what = 'side by side'`)).map((row) => (row.record_ids as string[]).toSorted())).toEqual([[one, other].toSorted()]);
    expect((await people.ask('GET', `/people/${one}/side-by-side`, undefined, { as: 'staff-triage-north-1' })).status).toBe(404);
    expect((await act('join', { into: one, reason: 'They are one after all.' })).body).toMatchObject({ status: 'joined', into: one });
    await act('separate', { from: one, reason: 'No.' });

    await publish('safeguarding.concern.restricted.v1', record, { openTo: ['staff-triage-2'] });
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1', record)).length === 2);
    expect([await found(one), (await people.ask('GET', `/people/${one}/side-by-side`)).body['others']]).toEqual([[], []]);
    expect(await found(one, 'staff-triage-2')).toHaveLength(4);
  });

  it('is compared with whoever is suggested, and with whoever was kept apart, by either of the two', async () => {
    const one = await personOf(await tell({ givenName: 'Edit', familyName: 'Bodor', dateOfBirth: '1942-02-03', postcode: 'NN1 3AA' }));
    const other = await personOf(await tell({ givenName: 'Edit', familyName: 'Bodo', dateOfBirth: '1942-03-02', postcode: 'NN1 3AA' }));
    const compared = async (id: string) => (await people.ask('GET', `/people/${id}/side-by-side`)).body['others'];
    expect(await compared(one)).toMatchObject([{ personId: other, likeness: { match: 'possible', reasons: expect.arrayContaining([expect.objectContaining({ words: 'Same postcode' })]) }, found: [] }]);
    const { etag } = await people.ask('GET', `/people/${one}`);
    await people.ask('POST', `/people/${one}/keep-apart`, { other, reason: 'Neighbours.' }, { 'if-match': etag!, as: 'staff-data-1' });
    expect(await compared(other)).toMatchObject([{ personId: one, likeness: null, found: [{ verdict: 'kept_apart', by: 'staff-data-1', reason: 'Neighbours.' }] }]);
    const act = async (id: string, what: string, body: object) => people.ask('POST', `/people/${id}/${what}`, body, { 'if-match': (await people.ask('GET', `/people/${id}`)).etag!, as: 'staff-data-1' });
    for (const [id, into] of [[one, other], [other, one]] as const) expect(await act(id, 'join', { into, reason: 'They are one.' })).toMatchObject({ status: 409, body: { code: 'person/kept-apart' } });
    expect((await act(other, 'keep-apart/undo', { other: one, reason: 'It was her maiden name.' })).status).toBe(200);
    expect(await compared(one)).toMatchObject([{ personId: other, found: [{ verdict: 'kept_apart' }, { verdict: 'may_be_one', by: 'staff-data-1', reason: 'It was her maiden name.' }] }]);
    expect(await Promise.all([one, other].map(async (id) => (await people.ask('GET', `/people/${id}`)).body['keptApart']))).toEqual([[], []]);
    expect(await compared(other)).toMatchObject([{ personId: one, found: [{ verdict: 'kept_apart' }, { verdict: 'may_be_one', reason: 'It was her maiden name.' }] }]);
    expect(await act(one, 'join', { into: other, reason: 'They are one.' })).toMatchObject({ status: 200, body: { status: 'joined', into: other } });
    for (const [id, theOther] of [[one, other], [other, one]] as const) expect(await act(id, 'keep-apart', { other: theOther, reason: 'No.' })).toMatchObject({ status: 409, body: { code: 'person/separate-first' } });
  });

  it('is seen by no authority that does not know them, and every reading is recorded', async () => {
    const personId = await personOf(await tell({ givenName: 'Seen', familyName: 'Once' }));
    const asNorth = { as: 'staff-triage-north-1' };
    expect((await people.ask('GET', `/people/${personId}`, undefined, asNorth)).status).toBe(404);
    expect((await people.ask('POST', '/people/names', { ids: [personId], why: 'x' }, asNorth)).body).toEqual({ names: [] });
    await people.ask('GET', `/people/${personId}`, undefined, { 'caseward-why': 'visit' });
    expect(await rows(`select actor, what, why, why_text is not null as "isSaid" from read_audit where $1 = any(record_ids)`, personId)).toEqual([{ actor: 'staff-triage-1', what: 'identity', why: null, isSaid: true }]);
  });

  it('is put right, and the ages of their records are judged again', async () => {
    const recordId = await tell({ givenName: 'Young', familyName: 'Again', dateOfBirth: '1946-05-01' });
    const personId = await personOf(recordId);
    const { etag } = await people.ask('GET', `/people/${personId}`);
    const corrected = await people.ask('POST', `/people/${personId}/correct`, { identity: { dateOfBirth: '2010-05-01' }, reason: 'misread' }, { 'if-match': etag! });
    expect(corrected.body).toMatchObject({ records: [{ recordId, ageBand: 'not_known', under18: true }] });
    expect((await people.ask('GET', `/people/${personId}`)).body).toMatchObject({ corrected: { by: 'staff-triage-1', at: expect.any(String) } });
    const counted = await people.ask('POST', `/people/${personId}/correct`, { characteristics: { gender: 'female' }, reason: 'asked' }, { 'if-match': corrected.etag! });
    expect(counted.body).toMatchObject({ gender: 'female' });
    expect((await people.ask('GET', `/people/${personId}`)).body).toMatchObject({ identity: { birthDate: '2010-05-01', givenName: 'Young' } });
  });

  it('is exported whole for a data manager who has signed in again: of the joined too, and nothing restricted or of another council', async () => {
    const kept = { givenName: 'Borka', familyName: 'Packet', nhsNumber: '9990000034', dateOfBirth: '1952-02-03' };
    const [open, restricted, doubtful] = [await tell(kept), await tell(kept), await tell({ givenName: 'Bora', familyName: 'Packett', address: '1 Invented Row' })];
    const [one, other] = [await personOf(open), await personOf(doubtful)];
    const { etag } = await people.ask('GET', `/people/${other}`);
    await people.ask('POST', `/people/${other}/join`, { into: one, reason: 'They are one.' }, { as: 'staff-data-1', 'if-match': etag! });
    await publish('safeguarding.concern.restricted.v1', restricted, { openTo: ['staff-triage-2'] });
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1', restricted)).length === 2);

    const body = { person: other, why: 'A request of theirs.' };
    const steppedUp = async (id: string) => ({ authorization: `Bearer ${await people.issuer.person(id, { claims: { acrs: [STEP_UP] } })}` });
    expect((await people.ask('POST', '/subject-access', body, { as: 'staff-data-1' })).body).toMatchObject({ status: 401, code: 'token/step_up' });
    expect((await people.ask('POST', '/subject-access', body, await steppedUp('staff-manager-1'))).status).toBe(403);
    expect((await people.ask('POST', '/subject-access', body, await steppedUp('staff-data-north-1'))).status).toBe(404);
    const answer = await people.ask('POST', '/subject-access', body, await steppedUp('staff-data-1'));
    const entries = answer.body['entries'] as Entry[];
    const said = entries.map(({ what, words }) => `${what}: ${words}`);
    for (const text of ['Who they are: family name: Packet', 'Who they are: family name: Packett', 'What that concern said of who they are: address: 1 Invented Row', 'Person registered: gender: not recorded']) expect(said).toContain(text);
    expect(entries.find(({ words }) => words === 'They are one.')).toMatchObject({ what: 'Person joined: reason', thirdParty: expect.stringContaining('may name others') });
    expect(entries.filter(({ what }) => what === 'A concern names this person').map(({ recordId }) => recordId).toSorted()).toEqual([open, doubtful].toSorted());
    expect(said.filter((one) => one.startsWith('Person identified: record kind'))).toHaveLength(2);
    expect(JSON.stringify(answer.body)).not.toContain(restricted);
    const [reading] = await rows(`select record_ids as records from read_audit where what = 'subject access'`);
    expect(reading.records.toSorted()).toEqual([one, other, open, doubtful].toSorted());

    await publish('safeguarding.concern.restricted.v1', doubtful, { openTo: ['staff-triage-2'] });
    await eventually(async () => (await rows('select 1 from restriction where record_id = $1', doubtful)).length === 2);
    const without = JSON.stringify((await people.ask('POST', '/subject-access', { ...body, person: one }, await steppedUp('staff-data-1'))).body);
    expect([without.includes('Packet"'), without.includes('Packett'), without.includes('They are one.')]).toEqual([true, false, false]);
  });

  it('is known to every authority whose imported records name them', async () => {
    await people.import('person_ref,given_name\nK1,Known\nK2,Other\n');
    const ids = ['K1', 'K2'].map((reference) => recordIdOf('person', reference));
    const data = (personId: string) => ({ personId, ageBand: 'not_known' });
    for (const id of [...ids, ids[0]!]) await publish('safeguarding.concern.identified.v1', v7(), data(id));
    for (;;) {
      const known = await rows('select 1 from person_authority where person_id = any($1) and authority = $2', ids, west);
      if (known.length === 2) break;
      await sleep(20);
    }
    expect(await rows(`select 1 from journal where record_id = any($1) and type = 'BecameKnownTo'`, ids)).toHaveLength(2);
  });
});
