import { Client } from 'pg';
import { v7 } from 'uuid';
import { recordIdOf } from '#libs/extract';
import { MessageContext } from '#libs/messaging';
import { Database, RequestRestrictionsTold, RestrictionsTold } from '#libs/platform';
import { ClaimSource, type GivenClaim, type GivenPerson } from '../src/person/application/claim-source.js';
import { LettingGo } from '../src/person/application/let-go.js';
import { MakeKnown } from '../src/person/application/make-known.js';
import { NightlySweep } from '../src/person/application/nightly-sweep.js';
import { OtherRecords } from '../src/person/application/other-records.js';
import { IdentifyRecords } from '../src/person/application/identify-records.js';
import { PeopleService } from './people-service.js';

const [west, north] = ['E06000062', 'E06000061'];
const at = '2026-07-01T09:00:00.000000Z';
const inventa: GivenPerson = { givenName: 'Inventa', familyName: 'Persson', dateOfBirth: '1941-03-02', nhsNumber: '9990000018', postcode: 'NN1 1AA' };
const officer = 'staff-triage-1';

interface Found {
  id: string;
  isByJoined: boolean;
  reasons: { words: string }[];
  records: { recordId: string; recordKind: string; receivedOn: string }[];
}

describe('finding somebody by who they are', () => {
  const claims = new Map<string, GivenClaim>();
  let people: PeopleService;
  let database: Client;
  beforeAll(async () => {
    people = await PeopleService.start();
    people.app.get(ClaimSource).ask = async (_kind, ids) => new Map(ids.map((id) => [id, claims.get(id)!]));
    database = new Client({ connectionString: people.database.ownerUrl, options: '-c search_path=people' });
    await database.connect();
  }, 60_000);
  afterAll(async () => {
    await database.end();
    await people.close();
  });

  const rows = async (sql: string, ...values: unknown[]) => (await database.query(sql, values)).rows;
  /** A record of a council comes in that says this of its person. */
  async function tell(person: GivenPerson, authority = west, recordKind: GivenClaim['recordKind'] = 'concern'): Promise<{ recordId: string; personId: string }> {
    const recordId = v7();
    claims.set(recordId, { recordId, recordKind, authority, receivedAt: at, person });
    await people.app.get(Database).transaction('every', (tx) => people.app.get(IdentifyRecords).execute(tx, [{ recordId, recordKind, messageId: `${v7()}:v1`, traceparent: null }]));
    const [claim] = await rows('select person_id as id from claim where record_id = $1', recordId);
    return { recordId, personId: claim.id as string };
  }
  const restrict = (recordId: string, sequence = 2) => people.app.get(Database).transaction([west], (tx) =>
    people.app.get(RestrictionsTold).restricted([{
      specversion: '1.0', id: `${v7()}:v1`, type: 'safeguarding.concern.restricted.v1', source: 'triage', subject: recordId, time: at, recordedat: at,
      authority: west, actor: null, sequence, causationid: null, traceparent: null, datacontenttype: 'application/json', data: { openTo: ['staff-triage-2'] },
    }], new MessageContext(tx)));
  const restrictRequest = (recordId: string) => people.app.get(Database).transaction([west], (tx) =>
    people.app.get(RequestRestrictionsTold).restricted([{
      specversion: '1.0', id: `${v7()}:v1`, type: 'safeguarding.dols-request.restricted.v1', source: 'dols', subject: recordId, time: at, recordedat: at,
      authority: west, actor: null, sequence: 2, causationid: null, traceparent: null, datacontenttype: 'application/json', data: { openTo: ['staff-dols-2'] },
    }], new MessageContext(tx)));
  const ask = (terms: object, as = officer) => people.ask('POST', '/people/find', { why: 'Somebody rang.', ...terms }, { as });
  async function find(terms: object, as?: string): Promise<Found[]> {
    const { status, body } = await ask(terms, as);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body['people'] as Found[];
  }
  const idsOf = async (terms: object, as?: string) => (await find(terms, as)).map(({ id }) => id);
  const lastSearch = async () => (await rows(`select actor, what, record_ids as records, why, why_text is not null as "isSaid" from read_audit where what like 'person search%' order by id desc limit 1`))[0];

  it('answers by name and year with why and with their records, and keeps that it did', async () => {
    const { recordId, personId } = await tell(inventa);
    const request = await tell(inventa, west, 'dols_request');
    const { body } = await ask({ familyName: 'PERSSON', givenName: 'inventa', yearOfBirth: 1941 });
    expect(body).toEqual({
      mayBeMore: false,
      people: [{
        id: personId, givenName: 'Inventa', familyName: 'Persson', birthDate: '1941-03-02', postcode: 'NN1 1AA', score: 37, isByJoined: false,
        reasons: [
          { code: 'surname_same', words: 'Same surname', weight: 20 },
          { code: 'given_name_same', words: 'Same given name', weight: 12 },
          { code: 'birth_year_same', words: 'Born in the same year', weight: 5 },
        ],
        records: [recordId, request.recordId].toSorted().map((one) => ({ recordId: one, recordKind: one === recordId ? 'concern' : 'dols_request', receivedOn: '2026-07-01' })),
      }],
    });
    const search = await lastSearch();
    expect(search).toEqual({ actor: officer, what: 'person search by surname, given name, year of birth', records: expect.any(Array), why: null, isSaid: true });
    expect(search.records.toSorted()).toEqual([personId, recordId, request.recordId].toSorted());
    const [said] = await rows('select reason::text as row from reason');
    expect(said.row).not.toContain('rang');
  });

  it('finds by an NHS number as it is written, by birth and postcode, and by how a surname sounds', async () => {
    const [{ personId }] = [await tell(inventa)];
    for (const terms of [{ nhsNumber: '999 000 0018' }, { dateOfBirth: '1941-03-02', postcode: 'nn1 1aa' }, { familyName: 'Pearson', givenName: 'Inventa' }, { familyName: 'Persson', dateOfBirth: '1941-02-03' }]) {
      expect([terms, await idsOf(terms)]).toEqual([terms, [personId]]);
    }
  });

  it('says what is missing, and which number is none', async () => {
    const refused = async (terms: object) => (await ask(terms)).body;
    for (const terms of [{}, { givenName: 'Inventa' }, { yearOfBirth: 1941, postcode: 'NN1 1AA' }, { dateOfBirth: '1941-03-02' }]) {
      expect(await refused(terms)).toMatchObject({ status: 400, detail: expect.stringContaining('Give an NHS number, or a surname') });
    }
    expect(await refused({ nhsNumber: '9990000019' })).toMatchObject({ status: 400, issues: [{ field: 'nhsNumber', message: expect.stringContaining('This is no NHS number') }] });
    expect(await refused({ familyName: '-' })).toMatchObject({ status: 400, issues: [{ field: 'familyName' }] });
    expect(await refused({ familyName: 'Persson', postcode: 'NN1' })).toMatchObject({ status: 400, issues: [{ field: 'postcode' }] });
    expect(await refused({ familyName: 'Persson', dateOfBirth: '1941-03-02', yearOfBirth: 1941 })).toMatchObject({ status: 400, issues: [{ field: 'yearOfBirth' }] });
    expect(await refused({ familyName: 'Persson', why: ' ' })).toMatchObject({ status: 400, issues: [{ field: 'why' }] });
    expect(await refused({ familyName: 'Persson', name: 'x' })).toMatchObject({ status: 400 });
  });

  it('keeps that somebody was looked for and not found, and none of the words', async () => {
    expect(await idsOf({ familyName: 'Nemosson', postcode: 'NN9 9ZZ' })).toEqual([]);
    expect(await lastSearch()).toEqual({ actor: officer, what: 'person search by surname, postcode', records: [], why: null, isSaid: true });
    const [kept] = await rows(`select count(*)::int as n from read_audit where read_audit::text ilike '%nemosson%' or read_audit::text ilike '%9zz%'`);
    expect(kept.n).toBe(0);
  });

  it('finds nobody of another council, nor for whoever may not search', async () => {
    const there = await tell({ givenName: 'Nordica', familyName: 'Fjellhammer', dateOfBirth: '1950-01-02' }, north);
    expect([await idsOf({ familyName: 'Fjellhammer' }), await idsOf({ familyName: 'Fjellhammer' }, 'staff-triage-north-1')]).toEqual([[], [there.personId]]);
    for (const as of ['staff-worker-1', 'staff-bia-1', 'staff-board-1', 'staff-auditor-1', 'staff-administrator-1', 'staff-partner-1']) expect((await ask({ familyName: 'Fjellhammer' }, as)).status).toBe(403);
    for (const as of ['staff-manager-1', 'staff-dols-1', 'staff-data-1']) expect((await ask({ familyName: 'Fjellhammer' }, as)).body).toEqual({ people: [], mayBeMore: false });
  });

  it('answers as if there were nobody where only a restricted record names them, and leaves a restricted one out', async () => {
    const hidden = { givenName: 'Abscondita', familyName: 'Quillfeather', dateOfBirth: '1955-06-07', nhsNumber: '9990000026' };
    const first = await tell(hidden);
    await restrict(first.recordId);
    expect((await ask({ familyName: 'Quillfeather' })).body).toEqual((await ask({ familyName: 'Nemosson' })).body);
    expect((await lastSearch()).records).toEqual([]);
    expect((await find({ familyName: 'Quillfeather' }, 'staff-triage-2')).map(({ records }) => records.map(({ recordId }) => recordId))).toEqual([[first.recordId]]);
    const open = await tell(hidden);
    expect(open.personId).toBe(first.personId);
    expect((await find({ familyName: 'Quillfeather' })).map(({ id, records }) => [id, records.map(({ recordId }) => recordId)])).toEqual([[first.personId, [open.recordId]]]);
    expect((await lastSearch()).records.toSorted()).toEqual([first.personId, open.recordId].toSorted());
  });

  it('answers as if there were nobody where only a restricted DoLS request names them', async () => {
    const { recordId } = await tell({ givenName: 'Clausa', familyName: 'Verschluss', dateOfBirth: '1944-02-03' }, west, 'dols_request');
    await restrictRequest(recordId);
    for (const as of [officer, 'staff-dols-1']) expect((await ask({ familyName: 'Verschluss' }, as)).body).toEqual((await ask({ familyName: 'Nemosson' }, as)).body);
    expect((await find({ familyName: 'Verschluss' }, 'staff-dols-2')).map(({ records }) => records.map((one) => one.recordId))).toEqual([[recordId]]);
  });

  it('is found by an import, whatever else is restricted: nobody is missed there who stands in concerns that are open', async () => {
    await people.import('person_ref,given_name,family_name,date_of_birth,nhs_number\nL1,Legata,Eiderdaun,1939-04-05,9990000042\n');
    const personId = recordIdOf('person', 'L1');
    await people.app.get(Database).transaction('every', (tx) => people.app.get(MakeKnown).execute(tx, [{ personId, authority: west, at, messageId: `${v7()}:v1`, traceparent: null, importedId: null }]));
    const live = await tell({ givenName: 'Legata', familyName: 'Eiderdaun', dateOfBirth: '1939-04-05', nhsNumber: '9990000042' });
    expect(live.personId).toBe(personId);
    await restrict(live.recordId);
    expect((await find({ familyName: 'Eiderdaun' })).map(({ id, records }) => [id, records])).toEqual([[personId, []]]);
  });

  it('answers as if there were nobody where the only record of an extract that names them is restricted', async () => {
    await people.import('person_ref,given_name,family_name,date_of_birth\nL2,Occulta,Nebelkrähe,1938-03-04\nL3,Aperta,Nebelheim,1938-03-05\n');
    const [personId, another] = [recordIdOf('person', 'L2'), recordIdOf('person', 'L3')];
    const brings = (importedId: string, id = personId) => people.app.get(Database).transaction('every', (tx) => people.app.get(MakeKnown).execute(tx, [{ personId: id, authority: west, at, messageId: `${v7()}:v1`, traceparent: null, importedId }]));
    const [only, later] = [v7(), v7()];
    await brings(only);
    await brings(v7(), another);
    expect([await idsOf({ familyName: 'Nebelkrähe' }), await idsOf({ familyName: 'Nebelheim' })]).toEqual([[personId], [another]]);
    await restrict(only);
    expect((await ask({ familyName: 'Nebelkrähe' })).body).toEqual((await ask({ familyName: 'Nemosson' })).body);
    expect((await people.ask('GET', `/people/${personId}`)).body).toMatchObject({ identity: null });
    expect(await idsOf({ familyName: 'Nebelkrähe' }, 'staff-triage-2')).toEqual([personId]);
    for (const _ of ['once', 'again']) await brings(later);
    expect(await idsOf({ familyName: 'Nebelkrähe' })).toEqual([personId]);
    expect(await rows('select record_id from imported_naming where person_id = $1 order by record_id', personId)).toEqual([only, later].toSorted().map((record_id) => ({ record_id })));
  });

  it('answers so also once that record was disposed of, and as before where one went that was open', async () => {
    await people.import('person_ref,given_name,family_name,date_of_birth\nL4,Perdita,Nachtfalter,1937-06-07\nL5,Manifesta,Tagfalter,1937-06-08\n');
    const within = (work: Parameters<Database['transaction']>[1]) => people.app.get(Database).transaction('every', work);
    const [hidden, open] = ['L4', 'L5'].map((one) => ({ recordId: v7(), personId: recordIdOf('person', one) })) as [{ recordId: string; personId: string }, { recordId: string; personId: string }];
    for (const { recordId, personId } of [hidden, open]) await within((tx) => people.app.get(MakeKnown).execute(tx, [{ personId, authority: west, at, messageId: `${v7()}:v1`, traceparent: null, importedId: recordId }]));
    await restrict(hidden.recordId);
    for (const one of [hidden, open]) await within((tx) => people.app.get(LettingGo).execute(tx, [{ ...one, recordKind: 'concern', authority: west, at, messageId: `${v7()}:v1`, traceparent: null }]));
    expect((await rows('select from imported_naming where person_id = any($1)', [hidden.personId, open.personId])).length).toBe(0);
    expect((await ask({ familyName: 'Nachtfalter' })).body).toEqual((await ask({ familyName: 'Nemosson' })).body);
    expect((await people.ask('GET', `/people/${hidden.personId}`)).body).toMatchObject({ identity: null });
    expect([await idsOf({ familyName: 'Nachtfalter' }, 'staff-triage-2'), await idsOf({ familyName: 'Tagfalter' })]).toEqual([[hidden.personId], [open.personId]]);
  });

  it('is over for whom no record names, of whom nobody ever told that one was disposed of: they are found at night, and due', async () => {
    const references = ['N1', 'N2', 'N3', 'N4'];
    await people.import(['person_ref,given_name,family_name,date_of_birth', ...references.map((one, n) => `${one},Vesper,Abendrot${'abcd'[n]},195${n}-05-01`)].join('\n'));
    const ids = references.map((one) => recordIdOf('person', one)) as [string, string, string, string];
    const [gone, needed, brought] = ids;
    // As it was told once, by what does not say which record of an extract that was; nobody ever named the last.
    await people.app.get(Database).transaction('every', (tx) => people.app.get(MakeKnown).execute(tx, [gone, needed, brought].map((personId) => ({ personId, authority: west, at, messageId: `${v7()}:v1`, traceparent: null, importedId: personId === brought ? v7() : null }))));
    let [named, isAway] = [[needed], true];
    people.app.get(OtherRecords).name = async (asked) => (isAway ? undefined : asked.map((one) => one.people.some((id) => named.includes(id))));
    const areDue = async () => {
      const due = ((await people.ask('GET', '/retention/due?limit=200', undefined, { as: 'staff-data-1' })).body['items'] as { id: string }[]).map(({ id }) => id);
      return ids.map((id) => due.includes(id));
    };
    const nights = async () => [await people.app.get(NightlySweep).go(), await people.app.get(NightlySweep).go()];
    await nights();
    isAway = false;
    expect(await areDue()).toEqual([false, false, false, false]);
    await nights();
    expect(await areDue()).toEqual([true, false, false, false]);
    expect(await rows(`select record_id as id from journal where type = 'FoundUnneeded' and record_id = any($1)`, ids)).toEqual([{ id: gone }]);
    named = [needed, gone];
    expect(await areDue()).toEqual([false, false, false, false]);
  });

  it('tells joined people once, under the one that remains; and nothing of one that only restricted records name', async () => {
    const one = await tell({ givenName: 'Marita', familyName: 'Oxenstierna', dateOfBirth: '1948-08-09' });
    const maiden = await tell({ givenName: 'Marita', familyName: 'Lagerbielke', dateOfBirth: '1948-08-09' });
    const { etag } = await people.ask('GET', `/people/${maiden.personId}`);
    expect((await people.ask('POST', `/people/${maiden.personId}/join`, { into: one.personId, reason: 'Married.' }, { as: 'staff-data-1', 'if-match': etag! })).status).toBe(200);
    const [found, ...more] = await find({ familyName: 'Lagerbielke' });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ id: one.personId, familyName: 'Oxenstierna', isByJoined: true });
    expect(found!.records.map(({ recordId }) => recordId).toSorted()).toEqual([one.recordId, maiden.recordId].toSorted());
    expect(await idsOf({ familyName: 'Oxenstierna', dateOfBirth: '1948-08-09' })).toEqual([one.personId]);
    await restrict(maiden.recordId);
    expect([await idsOf({ familyName: 'Lagerbielke' }), await idsOf({ familyName: 'Lagerbielke' }, 'staff-triage-2')]).toEqual([[], [one.personId]]);
    expect((await find({ familyName: 'Oxenstierna' }))[0]!.records.map(({ recordId }) => recordId)).toEqual([one.recordId]);
  });

  it('does not tell by somebody who was joined what only restricted records say of the one that remains', async () => {
    const secret = await tell({ givenName: 'Runa', familyName: 'Tysklund', dateOfBirth: '1949-01-03' });
    const open = await tell({ givenName: 'Runa', familyName: 'Hedenstrom', dateOfBirth: '1949-01-03' });
    const { etag } = await people.ask('GET', `/people/${open.personId}`);
    await people.ask('POST', `/people/${open.personId}/join`, { into: secret.personId, reason: 'They are one.' }, { as: 'staff-data-1', 'if-match': etag! });
    await restrict(secret.recordId);
    const answer = await ask({ familyName: 'Hedenstrom' });
    expect(answer.body).toMatchObject({ people: [{ id: secret.personId, familyName: 'Hedenstrom', records: [{ recordId: open.recordId }] }] });
    expect(JSON.stringify(answer.body)).not.toContain('Tysklund');
    const told = await Promise.all([
      people.ask('GET', `/people/${secret.personId}`),
      people.ask('GET', `/people/${secret.personId}/side-by-side`),
      people.ask('POST', '/people/names', { ids: [open.personId], why: 'queue' }),
    ]);
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(JSON.stringify(told)).not.toContain('Tysklund');
    expect(told[2].body).toMatchObject({ names: [{ id: open.personId, familyName: 'Hedenstrom' }] });
    expect((await people.ask('GET', `/people/${secret.personId}`, undefined, { as: 'staff-triage-2' })).body).toMatchObject({ identity: { familyName: 'Tysklund' } });
  });

  it('shows the best twenty, and says that there may be more', async () => {
    const many = Array.from({ length: 230 }, (_, n) => `M${n},Nummer,Massenfeld,19${30 + (n % 50)}-01-0${1 + (n % 9)},NN${1 + (n % 9)} 1AA`);
    await people.import(['person_ref,given_name,family_name,date_of_birth,postcode', ...many].join('\n'));
    await database.query('insert into person_authority select person_id, $1 from person on conflict do nothing', [west]);
    const { body } = await ask({ familyName: 'Massenfeld', givenName: 'Nummer' });
    expect([(body['people'] as Found[]).length, body['mayBeMore']]).toEqual([20, true]);
    expect((await lastSearch()).records).toHaveLength(20);
    const exact = await ask({ familyName: 'Massenfeld', dateOfBirth: '1937-01-08', postcode: 'NN8 1AA' });
    expect((exact.body['people'] as Found[])[0]).toMatchObject({ id: recordIdOf('person', 'M7'), reasons: [{ words: 'Same date of birth' }, { words: 'Same surname' }, { words: 'Same postcode' }] });
  });

  it('is shown to auditors: who searched often, and who for people called as they are', async () => {
    const signed = { authorization: `Bearer ${await people.issuer.person('staff-manager-2', { claims: { family_name: 'Massenfeld' } })}` };
    for (const familyName of ['massenfeld', 'Nemosson']) await people.ask('POST', '/people/find', { familyName, why: 'A call.' }, signed);
    expect((await rows(`select what from read_audit where actor = 'staff-manager-2' order by id`)).map(({ what }) => what)).toEqual(['person search by surname (own surname)', 'person search by surname']);
    const living = { authorization: `Bearer ${await people.issuer.person('staff-dols-2', { claims: { address: { postal_code: 'nn97qq' } } })}` };
    const neighbour = await tell({ givenName: 'Proxima', familyName: 'Nabosson', postcode: 'NN9 7QQ' });
    await people.ask('POST', '/people/find', { familyName: 'Nabosson', postcode: 'NN9 7QQ', why: 'A call.' }, living);
    await people.ask('GET', `/people/${neighbour.personId}`, undefined, living);
    expect((await rows(`select what from read_audit where actor = 'staff-dols-2' and what like '%own%' order by id`)).map(({ what }) => what)).toEqual(['person search by surname, postcode (own postcode)', 'identity (own postcode)']);
    const { body } = await people.ask('GET', '/readings/odd?from=2000-01-01T00:00:00Z&until=2100-01-01T00:00:00Z', undefined, { as: 'staff-auditor-1' });
    expect(body['ownPostcode']).toEqual([{ who: 'staff-dols-2', readings: 2, last: expect.any(String) }]);
    expect(body['ownSurname']).toEqual([{ who: 'staff-manager-2', searches: 1, last: expect.any(String) }]);
    expect([body['manySearches'], body['manyInAnHour']]).toEqual([[], []]);
    expect(JSON.stringify(body['withoutActing'])).not.toContain('staff-manager-2');
  });
});
