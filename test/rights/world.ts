import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Client } from 'pg';
import { v5, v7 } from 'uuid';
import { recordIdOf } from '#libs/extract';
import { type Role, roleCodes } from '#libs/access';
import { Words, withRestricted } from '#libs/journal';
import { Database, inventedAccountOf, inventedStaff, RestrictionsTold, shortReference, staffMemberIdOf } from '#libs/platform';
import { MessageContext } from '#libs/messaging';
import { organisationIdOf, placeIdOf, teamIdOf } from '../../apps/directory/src/invented/invented-places.js';
import { Mentions } from '../../apps/directory/src/mention/application/mentions.js';
import { multipartOf } from '../../apps/triage/test/a-triage.js';
import { aDecision } from '../../apps/section42/test/a-section42.js';
import { enquiryIdOf } from '../../apps/section42/src/enquiry/application/enquiries.js';
import { Requests } from '../../apps/dols/src/request/application/requests.js';
import { Concerns } from '../../apps/triage/src/concern/application/concerns.js';
import { FromTriage } from '../../apps/section42/src/enquiry/adapters/events/from-triage.js';
import { raise } from '../line.ts';
import type { Name } from './services.ts';

export const west = 'E06000062';
export const north = 'E06000061';

/** Which record somebody asks for: the first of each role's own, one of their authority that is not theirs, one of another authority, one of theirs that is restricted to others, one that is kept from whoever asks. */
export type Whose = 'theirs' | 'not theirs' | 'another authority’s' | 'restricted' | 'kept from them';
export const whose: readonly Whose[] = ['theirs', 'not theirs', 'another authority’s', 'restricted', 'kept from them'];

/** The records of a world. One restricted to somebody who never asks, and one kept from everybody who does, where records can be. */
type Ids = Record<Exclude<Whose, 'restricted' | 'kept from them'>, string> & { restricted?: string; 'kept from them'?: string };

/** Keeps a record from everybody who asks. */
async function keep(owner: Client, schema: 'triage' | 'dols' | 'section42', id: string): Promise<string> {
  await owner.query(`insert into ${schema}.restriction (record_id, named, authority, since, sequence, kept) select $1, named, $2, now(), 1, true from unnest($3::text[]) as named`, [id, west, roleCodes.map(askedAs)]);
  return id;
}

/** Who asks as what. */
export const askedAs = (role: Role): string => inventedStaff.find(({ roles }) => roles.includes(role))!.id;

/** The records that are there to be asked for, and what else a request needs to be understood. */
export interface World {
  /** The record of a path. */
  ids: Ids;
  /** The same for each of several kinds of record, by what their paths begin with. */
  kinds?: Record<string, Ids>;
  /** Those of a role that has none of these. */
  idsOf?: Partial<Record<Role, Ids>>;
  /** What a path leads to within a record, by its id. */
  within?: Record<string, string>;
  /** What a list of some records is asked with, and which key of the answer holds them; by path. That some were asked for may be recorded though none are shown. */
  asked?: Record<string, { key: string; url?(id: string): string; body?(id: string): object; isRecordedAnyhow?: true }>;
  /** Bodies where what the document allows is not enough; by path. */
  bodies?: Record<string, object>;
}

/** Where something is asked, as whom, and the database past all rights. */
export interface Place {
  app: NestFastifyApplication;
  as(who: string): Promise<Record<string, string>>;
  owner: Client;
}

const ask = async ({ app, as }: Place, { url, actor, body, seen }: { url: string; actor: string; body: object; seen?: string }) => {
  const headers = { ...(await as(actor)), ...(seen ? { 'if-match': seen } : {}) };
  const answer = await app.inject({ method: 'POST', url, headers, payload: body });
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
  return { id: answer.json().id as string, etag: answer.headers['etag'] as string };
};

/** Whom a concern of this world is about. */
const personOf = (concernId: string): string => v5(concernId, v5.URL);

async function triage(place: Place): Promise<World> {
  const raising = (actor: string, authority: string) => ask(place, { url: '/concerns', actor, body: { ...raise, authority } });
  const raised = async (actor: string, authority: string) => (await raising(actor, authority)).id;
  const { id: restricted, etag } = await raising('staff-partner-2', west);
  await ask(place, { url: `/concerns/${restricted}/restriction`, actor: 'staff-manager-2', body: { names: [], why: 'staff_as_subject' }, seen: etag });
  const heard = async (program: string): Promise<string> => {
    await place.app.inject({ method: 'PUT', url: '/webhook', headers: await place.as(program), payload: { url: 'https://hooks.example.test/' } });
    return program;
  };
  const added = async (id: string, actor: string) => {
    const { headers, payload } = multipartOf({ name: 'notes.txt', type: 'text/plain', content: 'Invented.' });
    const answer = await place.app.inject({ method: 'POST', url: `/concerns/${id}/files`, headers: { ...(await place.as(actor)), ...headers }, payload });
    return { [id]: answer.json().id as string };
  };
  const identified = (id: string, authority: string) => {
    const at = '2026-06-01T09:00:00.000000Z';
    const command = { type: 'IdentifyPerson', at, personId: personOf(id), personSequence: 1, ageBand: '75-84' } as const;
    return place.app.get(Database).transaction(withRestricted([authority]), (tx) => place.app.get(Concerns).handle(tx, { recordId: id, command, context: { authority, actor: null, recordedAt: at } }));
  };
  const ids = { theirs: await raised('staff-partner-1', west), 'not theirs': await raised('staff-partner-2', west), 'another authority’s': await raised('staff-partner-north-1', north), restricted, 'kept from them': await keep(place.owner, 'triage', await raised('staff-partner-2', west)) };
  for (const [whose, id] of Object.entries(ids)) await identified(id, whose === 'another authority’s' ? north : west);
  return {
    kinds: { webhooks: three(await heard('partner-police'), await heard('partner-hospital'), await heard('partner-police-north')) },
    ids,
    idsOf: { public: { ...ids, theirs: await raised('staff-public-1', west) } },
    within: { ...(await added(ids.theirs, 'staff-partner-1')), ...(await added(ids['not theirs'], 'staff-partner-2')), ...(await added(ids['another authority’s'], 'staff-partner-north-1')) },
    asked: {
      'POST /concerns/find': { key: 'items', body: (id) => ({ reference: shortReference('SC', id) }) },
      'POST /concerns/people': { key: 'items', body: (id) => ({ ids: [id] }) },
      'POST /concerns/about': { key: 'items', body: (id) => ({ people: [personOf(id)] }) },
    },
  };
}

async function dols(place: Place): Promise<World> {
  const asked = async (actor: string, administrator: string, [bestInterestsAssessor, mentalHealthAssessor]: readonly string[]) => {
    const authority = actor.includes('north') ? north : west;
    let { id, etag } = await ask(place, { url: '/requests', actor, body: { authority, person: raise.person } });
    const act = async (step: string, body: object) => ({ etag } = await ask(place, { url: `/requests/${id}/${step}`, actor: administrator, body, seen: etag }));
    await act('prioritise', { band: 'high', reason: 'Because.' });
    await act('allocate', { bestInterestsAssessor, mentalHealthAssessor });
    return { id, etag };
  };
  const identified = (id: string, authority: string) => {
    const at = '2026-06-01T09:00:00.000000Z';
    const command = { type: 'IdentifyPerson', at, personId: personOf(id), personSequence: 1, ageBand: '75-84' } as const;
    return place.app.get(Database).transaction(withRestricted([authority]), (tx) => place.app.get(Requests).handle(tx, { recordId: id, command, context: { authority, actor: null, recordedAt: at } }));
  };
  const restricted = await asked('staff-partner-2', 'staff-dols-1', ['staff-bia-1', 'staff-mha-1']);
  await ask(place, { url: `/requests/${restricted.id}/restriction`, actor: 'staff-manager-2', body: { names: [], why: 'staff_as_subject' }, seen: restricted.etag });
  const ids = {
    restricted: restricted.id,
    'kept from them': await keep(place.owner, 'dols', (await asked('staff-partner-2', 'staff-dols-1', ['staff-bia-1', 'staff-mha-1'])).id),
    theirs: (await asked('staff-partner-1', 'staff-dols-1', ['staff-bia-1', 'staff-mha-1'])).id,
    'not theirs': (await asked('staff-partner-2', 'staff-dols-1', ['staff-bia-2', 'staff-mha-2'])).id,
    'another authority’s': (await asked('staff-partner-north-1', 'staff-dols-north-1', ['staff-bia-1', 'staff-mha-1'])).id,
  };
  for (const [whose, id] of Object.entries(ids)) await identified(id, whose === 'another authority’s' ? north : west);
  return { ids, asked: { 'POST /requests/about': { key: 'items', body: (id) => ({ personId: personOf(id) }) } } };
}

async function section42({ app, owner }: Place): Promise<World> {
  const concerns = new Map<string, string>();
  const opened = async (authority: string) => {
    const concernId = v7();
    await app.get(Database).transaction([authority], (tx) => app.get(FromTriage).decided([{ ...aDecision(concernId), authority }], new MessageContext(tx)));
    concerns.set(enquiryIdOf(concernId), concernId);
    return enquiryIdOf(concernId);
  };
  const restricted = await opened(west);
  const told = { ...aDecision(concerns.get(restricted)!), type: 'safeguarding.concern.restricted.v1' as const, data: { openTo: ['staff-manager-2'] } };
  await app.get(Database).transaction([west], (tx) => app.get(RestrictionsTold).restricted([told], new MessageContext(tx)));
  const ids = { theirs: await opened(west), 'not theirs': await opened(west), 'another authority’s': await opened(north), restricted, 'kept from them': await keep(owner, 'section42', await opened(west)) };
  return { ids, asked: {
    'GET /enquiries': { key: 'items', url: (id) => `/enquiries?concernId=${concerns.get(id)}` },
    'POST /enquiries/beside': { key: 'items', body: (id) => ({ concernIds: [concerns.get(id)] }) },
  } };
}

async function people({ app, as, owner }: Place): Promise<World> {
  const names = ['R1', 'R2', 'R3', 'R4'];
  const surnames = ['Aprikos', 'Bergamotte', 'Citronella', 'Dattelpalm'];
  const payload = ['person_ref,given_name,family_name', ...names.map((name, at) => `${name},Invented,${surnames[at]}`)].join('\n');
  const url = `/internal/imports/${v7()}?began_at=${encodeURIComponent('2026-01-01T00:00:00.000000Z')}`;
  await app.inject({ method: 'POST', url, headers: { 'content-type': 'text/csv', ...(await as('operator')) }, payload });
  const [one, other, there, further] = names.map((name) => recordIdOf('person', name)) as [string, string, string, string];
  for (const [id, authority] of [[one, west], [other, west], [further, west], [there, north]]) {
    await owner.query('insert into people.person_authority (person_id, authority) values ($1, $2)', [id, authority]);
  }
  const reason = 'Because.';
  return {
    ids: { theirs: one, 'not theirs': other, 'another authority’s': there },
    asked: {
      'POST /people/names': { key: 'names', body: (id) => ({ ids: [id], why: 'a queue' }) },
      'POST /people/find': { key: 'people', body: (id) => ({ familyName: surnames[names.findIndex((name) => recordIdOf('person', name) === id)], why: 'a call' }), isRecordedAnyhow: true },
    },
    bodies: { 'POST /people/:id/join': { into: further, reason }, 'POST /people/:id/keep-apart': { other: further, reason }, 'POST /people/:id/keep-apart/undo': { other: further, reason } },
  };
}

const three = (theirs: string, other: string, there: string): Ids => ({ theirs, 'not theirs': other, 'another authority’s': there });
const member = (id: string): string => staffMemberIdOf(inventedAccountOf(id));

/** The invented staff, teams, organisations and places are there already; the manager who asks is in one team with the first of the workers. */
async function directory({ app }: Place): Promise<World> {
  const database = app.get(Database);
  const named = async (authority: string): Promise<string> => {
    const at = '2026-06-01T09:00:00.000000Z';
    const words = new Words(database.vault);
    const command = { type: 'FindMention', at, file: 'dols', kind: null, name: words.keep('An invented home') } as const;
    const { recordId } = await database.transaction([authority], (tx) => app.get(Mentions).handle(tx, { recordId: v7(), command, context: { authority, actor: null, recordedAt: at }, words }));
    return recordId;
  };
  const staff = three(member('staff-worker-1'), member('staff-worker-2'), member('staff-worker-north-1'));
  return {
    ids: staff,
    kinds: {
      teams: three(teamIdOf(west, 'community_north'), teamIdOf(west, 'dols'), teamIdOf(north, 'dols')),
      organisations: three(organisationIdOf(west, { name: 'Invented Police' }), organisationIdOf(west, { name: 'Invented Hospitals' }), organisationIdOf(north, { name: 'Invented Police' })),
      places: three(placeIdOf(west, { name: 'Invented House' }), placeIdOf(west, { name: 'Invented Court' }), placeIdOf(north, { name: 'Invented House' })),
      mentions: three(await named(west), await named(west), await named(north)),
    },
  };
}

/** What each service is asked about. */
export const worlds: Record<Name, (place: Place) => Promise<World>> = {
  triage, section42, dols, directory, people,
  metrics: async () => ({ ids: { theirs: 'conversion', 'not theirs': 'conversion', 'another authority’s': 'conversion' } }),
};
