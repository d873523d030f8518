import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import { parseContract } from '#libs/contracts';
import { dataSource } from '#libs/journal';
import { connectBroker } from '#libs/messaging';
import { Database, inventedAccountOf, inventedStaff, staffMemberIdOf, TokenMembership } from '#libs/platform';
import { InventedDirectory } from '../src/invented/invented-directory.js';
import { OwnMembership } from '../src/staff/adapters/persistence/own-membership.js';
import { ADirectory, administrator, type Answer, type Given } from './a-directory.js';

let directory: ADirectory;
beforeAll(async () => {
  directory = await ADirectory.make();
}, 60_000);
afterAll(() => directory?.close());

const ask = (method: 'GET' | 'POST', url: string, given?: Given): Promise<Answer> => directory.ask(method, url, given);
const query = <Row>(sql: string): Promise<Row[]> => directory.app.get(Database).seeing('every').query(sql);
const idOf = (staffId: string): string => staffMemberIdOf(inventedAccountOf(staffId));
/** Changes a record as whoever has just seen it. */
const act = async (url: string, what: string, body: object = {}, as = administrator): Promise<Answer> =>
  ask('POST', `${url}/${what}`, { as, body, seen: (await ask('GET', url, { as })).etag });

const NAME = 'Canaryname Inventedperson';
const account = () => ({ tid: randomUUID(), oid: randomUUID() });

describe('the staff', () => {
  it('has everybody who may act, from the first start on, and the next start changes nothing', async () => {
    const before = await query('select count(*) as n from journal');
    await directory.app.get(InventedDirectory).onApplicationBootstrap();
    expect(await query('select count(*) as n from journal')).toEqual(before);
    const { body } = await ask('GET', '/staff?limit=100');
    const west = inventedStaff.filter(({ authority, roles }) => !roles.includes('partner') && !roles.includes('public') && authority !== 'E06000061');
    expect((body['items'] as { actsAs: string }[]).map(({ actsAs }) => actsAs).toSorted()).toEqual(west.map(({ id }) => id).toSorted());
    expect((await ask('GET', `/staff/${idOf('staff-worker-1')}`)).body).toMatchObject({
      name: 'West enquiry worker 1 (invented)', roles: [{ role: 'enquiry_worker', authority: 'E06000062' }], teams: [expect.any(String)],
    });
  });

  it('takes somebody on once, under an id that follows from their account', async () => {
    const body = { account: account(), name: NAME };
    const key = randomUUID();
    const first = await ask('POST', '/staff', { key, body });
    expect(first).toMatchObject({ status: 201, etag: '"1"', body: { id: staffMemberIdOf(body.account), status: 'active', roles: [] } });
    expect(await ask('POST', '/staff', { key, body })).toEqual(first);
    expect((await ask('POST', '/staff', { body })).body).toMatchObject({ sequence: 1 });
    expect((await ask('POST', '/staff', { body: { ...body, account: { ...body.account, oid: 'somebody@example.com' } } })).status).toBe(400);
    expect((await ask('POST', '/staff', { as: 'staff-board-1', body })).status).toBe(403);
  });

  it('has its readings told to auditors, though none of its records can be kept from anybody', async () => {
    const url = `/staff/${idOf('staff-worker-1')}`;
    await ask('GET', url);
    expect((await ask('GET', '/readings', { as: 'staff-auditor-1' })).body['items']).toContainEqual(expect.objectContaining({ who: administrator, records: [idOf('staff-worker-1')] }));
  });

  it('is changed only by somebody who has seen it as it is', async () => {
    const url = `/staff/${idOf('staff-dols-1')}`;
    const { etag } = await ask('GET', url);
    const leave = (seen: string | undefined, body: object) => ask('POST', `${url}/leave`, { seen, body });
    expect((await leave(undefined, { from: '2027-08-02', to: '2027-08-13' })).status).toBe(428);
    expect(await leave(etag, { from: '2027-08-02', to: '2027-08-13' })).toMatchObject({ status: 200, body: { leave: [{ from: '2027-08-02', to: '2027-08-13' }] } });
    expect(await leave(etag, { from: '2027-09-02', to: '2027-09-13' })).toMatchObject({ status: 412, body: { changes: [{ type: 'LeaveRecorded', actor: administrator }] } });
    expect((await act(url, 'leave', { from: '2027-08-13', to: '2027-08-20' })).body).toMatchObject({ code: 'staff-member/leave-overlaps' });
    expect((await act(url, 'leave/cancel', { from: '2027-08-02' })).body).toMatchObject({ leave: [] });
  });

  it('changes roles, and disables and enables, by another’s hand alone', async () => {
    const [own, other] = [`/staff/${idOf('staff-administrator-1')}`, `/staff/${idOf('staff-administrator-2')}`];
    const ownDecision = { status: 403, body: { code: 'rights/own_decision' } };
    expect(await act(own, 'roles/give', { role: 'manager', authority: 'E06000062' })).toMatchObject(ownDecision);
    expect(await act(own, 'roles/take', { role: 'administrator', reason: 'wants none' })).toMatchObject(ownDecision);
    expect(await act(own, 'disable', { reason: 'has left' })).toMatchObject(ownDecision);
    expect((await act(other, 'roles/give', { role: 'manager', authority: 'E06000061' })).body).toMatchObject({ code: 'staff-member/role-of-another-authority' });
    expect((await act(other, 'disable', { reason: 'has left' })).body).toMatchObject({ status: 'disabled' });
    // Nobody any more, with the very next request.
    expect(await act(other, 'enable', { reason: 'is back' }, 'staff-administrator-2')).toMatchObject({ status: 403, body: { code: 'rights/nobody' } });
    expect((await act(other, 'enable', { reason: 'is back' })).body).toMatchObject({ status: 'active' });
  });

  it('ASVS 5.0 V7.4.5: ends somebody’s sessions by another’s hand, with their very next request, and they may sign in again', async () => {
    const [own, other] = [`/staff/${idOf(administrator)}`, `/staff/${idOf('staff-triage-2')}`];
    const signedInAt = (auth_time: number) => directory.issuer.person('staff-triage-2', { claims: { auth_time: Math.floor(auth_time / 1_000) } });
    const asks = async (token: string) => (await directory.app.inject({ url: other, headers: { authorization: `Bearer ${token}` } })).json() as Record<string, unknown>;
    const before = await signedInAt(Date.now());
    expect(await asks(before)).toMatchObject({ status: 'active' });
    expect(await act(own, 'sessions/end', { reason: 'a lost laptop' })).toMatchObject({ status: 403, body: { code: 'rights/own_decision' } });
    expect((await act(other, 'sessions/end', { reason: 'a lost laptop' }, 'staff-manager-1')).status).toBe(403);
    expect(await act(other, 'sessions/end', { reason: 'a lost laptop' })).toMatchObject({ status: 200, body: { status: 'active', roles: [{ role: 'triage_officer' }], sessionsEndedAt: expect.any(String) } });
    expect(await asks(before)).toMatchObject({ status: 401, code: 'token/ended' });
    expect(await asks(await signedInAt(Date.now() + 5_000))).toMatchObject({ status: 'active' });
    expect((await ask('GET', `${other}/story`)).body).toMatchObject({ events: expect.arrayContaining([expect.objectContaining({ type: 'SessionsEnded', actor: administrator })]) });
  });

  it('ASVS 5.0 V8.3.2, check 26: lets somebody do what their roles say now, not what their token says', async () => {
    const url = `/staff/${idOf('staff-worker-2')}`;
    const register = async () => (await ask('POST', '/organisations', { as: 'staff-worker-2', body: { kind: 'police', name: 'Another invented police' } })).status;
    expect(await register()).toBe(403);
    await act(url, 'roles/give', { role: 'data_manager', authority: 'E06000062' });
    expect(await register()).toBe(201);
    await act(url, 'roles/take', { role: 'data_manager', reason: 'a test' });
    expect(await register()).toBe(403);
  });

  it('takes the provider’s word for the first administrator of a council, and for nobody else', async () => {
    const [newCouncil, west] = [account(), account()];
    const told = new TokenMembership(new Map([[newCouncil.tid, 'E09000001'], [west.tid, 'E06000062']]), false);
    const membership = new OwnMembership({ database: directory.app.get(Database), told, isLocal: false });
    const find = (who: { tid: string; oid: string }, ...roles: string[]) => membership.find({ kind: 'person', account: who, clientId: 'staff-site', roles, scopes: ['casework'], stepUps: [], provedAt: 0 });
    expect(await find(newCouncil, 'administrator', 'manager')).toMatchObject({ id: staffMemberIdOf(newCouncil), roles: ['administrator'], authority: 'E09000001' });
    expect(await find(newCouncil, 'manager')).toBeUndefined();
    expect(await find(west, 'administrator')).toBeUndefined();
    expect(await find(account(), 'administrator')).toBeUndefined();
    expect(await find(inventedAccountOf('staff-bia-1'), 'administrator')).toMatchObject({ id: 'staff-bia-1', roles: ['best_interests_assessor'] });
  });

  it('has managers who look after the leave and deputies of their own teams alone', async () => {
    const [ours, theirs] = [`/staff/${idOf('staff-worker-1')}`, `/staff/${idOf('staff-worker-2')}`];
    const away = { from: '2027-05-03', to: '2027-05-07' };
    expect((await act(ours, 'leave', away, 'staff-manager-1')).body).toMatchObject({ leave: [away] });
    expect((await act(ours, 'deputies', { ...away, deputyId: idOf('staff-worker-2') }, 'staff-manager-1')).body).toMatchObject({ deputies: [{ deputyId: idOf('staff-worker-2') }] });
    expect((await act(theirs, 'leave', away, 'staff-manager-1')).status).toBe(404);
    expect((await act(theirs, 'deputies', { ...away, deputyId: idOf('staff-worker-1') }, 'staff-manager-1')).status).toBe(404);
    expect((await act(ours, 'leave/cancel', { from: away.from }, 'staff-worker-1')).status).toBe(403);
    await act(ours, 'leave/cancel', { from: away.from }, 'staff-manager-1');
    await act(ours, 'deputies/end', { from: away.from }, 'staff-manager-1');
  });

  it('tells whoever may not change it nothing of anybody else', async () => {
    const { body: { id } } = await ask('POST', '/organisations', { as: 'staff-data-north-1', body: { kind: 'police', name: 'An invented northern police' } });
    const closing = (organisationId: unknown) => ask('POST', `/organisations/${String(organisationId)}/close`, { as: 'staff-data-1', seen: '"1"', body: { closedOn: '2026-01-01' } });
    const [there, nowhere] = [await closing(id), await closing(randomUUID())];
    expect(there.status).toBe(404);
    expect(there).toEqual(nowhere);
  });

  it('never loses both administrators to each other', async () => {
    const [own, other] = [`/staff/${idOf('staff-administrator-1')}`, `/staff/${idOf('staff-administrator-2')}`];
    const answers = await Promise.all([act(own, 'disable', { reason: 'a test' }, 'staff-administrator-2'), act(other, 'disable', { reason: 'a test' })]);
    // The slower one is refused by the rule, or is nobody any more before they ask.
    expect([[200, 409], [200, 403]]).toContainEqual(answers.map(({ status }) => status).toSorted());
    await act(answers[0].status === 200 ? own : other, 'enable', { reason: 'a test' }, answers[0].status === 200 ? 'staff-administrator-2' : administrator);
  });

  it('says who may act for whom, until somebody is disabled', async () => {
    const [managerId, deputyId] = [idOf('staff-manager-1'), idOf('staff-manager-2')];
    const deputies = async () => (await ask('GET', '/deputies?on=2027-03-05')).body['items'];
    expect((await act(`/staff/${managerId}`, 'deputies', { deputyId: idOf('staff-manager-north-1'), from: '2027-03-01', to: '2027-03-12' })).body).toMatchObject({ code: 'staff-member/no-such-deputy' });
    await act(`/staff/${managerId}`, 'deputies', { deputyId, from: '2027-03-01', to: '2027-03-12' });
    expect(await deputies()).toEqual([{ staffMemberId: managerId, actsAs: 'staff-manager-1', deputyId, deputyActsAs: 'staff-manager-2', from: '2027-03-01', to: '2027-03-12' }]);
    await act(`/staff/${deputyId}`, 'disable', { reason: 'a test' });
    expect(await deputies()).toEqual([]);
    await act(`/staff/${deputyId}`, 'enable', { reason: 'a test' });
    await act(`/staff/${managerId}`, 'disable', { reason: 'a test' });
    expect((await act(`/staff/${managerId}`, 'enable', { reason: 'a test' })).body).toMatchObject({ deputies: [] });
  });

  it('is nobody’s business in another authority, and who reads it is recorded', async () => {
    const id = idOf('staff-bia-1');
    for (const [as, status] of [['staff-administrator-north-1', 404], ['staff-board-1', 403]] as const) {
      expect((await ask('GET', `/staff/${id}`, { as })).status).toBe(status);
      expect((await ask('GET', `/staff/${id}/story`, { as })).status).toBe(status);
      expect((await ask('POST', `/staff/${id}/disable`, { as, seen: '"3"', body: { reason: 'a test' } })).status).toBe(status);
    }
    expect((await ask('GET', `/staff?actsAs=staff-bia-1&role=best_interests_assessor`, { as: 'staff-administrator-north-1' })).body).toEqual({ items: [], next: null });
    expect((await ask('GET', `/staff?actsAs=staff-bia-1&role=best_interests_assessor`, { why: 'who is that?' })).body).toMatchObject({ items: [{ id }] });
    expect(await query(`select actor, what, why, why_text is not null as said, record_ids from read_audit order by id desc limit 1`)).toEqual([
      { actor: administrator, what: 'staff member list', why: null, said: true, record_ids: [id] },
    ]);
  });
});

describe('teams, organisations and places', () => {
  it('has no team twice, and closes none with somebody in it', async () => {
    const form = () => ask('POST', '/teams', { body: { code: 'night_team', name: 'The invented night team' } });
    const { body: { id } } = await form();
    expect((await form()).body).toMatchObject({ code: 'team/code-taken' });
    await act(`/staff/${idOf('staff-worker-2')}`, 'teams/join', { teamId: id });
    expect((await act(`/teams/${id}`, 'close', { reason: 'a test' })).body).toMatchObject({ code: 'team/has-members' });
    await act(`/staff/${idOf('staff-worker-2')}`, 'teams/leave', { teamId: id });
    expect((await act(`/teams/${id}`, 'close', { reason: 'a test' })).body).toMatchObject({ status: 'closed' });
    expect((await act(`/staff/${idOf('staff-worker-2')}`, 'teams/join', { teamId: id })).body).toMatchObject({ code: 'staff-member/no-such-team' });
    expect((await ask('GET', `/places/${id}`)).status).toBe(404);
    expect((await ask('POST', `/places/${id}/close`, { seen: '"2"', body: { closedOn: '2026-01-01' } })).status).toBe(404);
  });

  it('follows a place from one organisation to the next', async () => {
    const { body: { id: first } } = await ask('POST', '/organisations', { body: { kind: 'care_home', name: `${NAME} and Sons` } });
    const { body: { id: second } } = await ask('POST', '/organisations', { body: { kind: 'care_home', name: 'The invented next owners' } });
    const place = { name: `${NAME} House`, setting: 'care_home_nursing', cqcLocationId: '1-987654321', localArea: 'N5', organisationId: first };
    const { body: { id }, status } = await ask('POST', '/places', { body: place });
    expect(status).toBe(201);
    expect((await ask('POST', '/places', { body: place })).body).toMatchObject({ code: 'place/location-taken' });
    expect((await ask('POST', '/places', { body: { ...place, cqcLocationId: 'the house' } })).status).toBe(400);
    const close = (organisationId: unknown) => act(`/organisations/${String(organisationId)}`, 'close', { closedOn: '2026-01-31' });
    expect((await close(first)).body).toMatchObject({ code: 'organisation/runs-places' });
    expect((await act(`/places/${id}`, 'take-over', { organisationId: second, since: '2026-02-01' })).body).toMatchObject({ organisationId: second });
    expect((await close(first)).body).toMatchObject({ status: 'closed', closedOn: '2026-01-31' });
    expect((await act(`/places/${id}`, 'correct', { field: 'setting', value: 'care_home_residential', reason: 'misread' })).body).toMatchObject({ setting: 'care_home_residential' });
    expect((await ask('GET', `/places?cqcLocationId=1-987654321`)).body).toMatchObject({ items: [{ id, name: `${NAME} House` }], next: null });
    expect((await act(`/places/${id}`, 'close', { closedOn: '2026-06-01' })).body).toMatchObject({ status: 'closed' });
  });

  it('says for which organisation a partner signs in, to triage alone', async () => {
    const asked = async (partner: string, authority = 'E06000062', as = 'triage') => ask('POST', '/internal/partners/organisation', { as, body: { partner, authority } });
    expect(await asked('staff-partner-1')).toMatchObject({ status: 200, body: { organisation: { kind: 'home_care', name: 'Invented Care at Home' } } });
    expect((await asked('partner-police-north', 'E06000061')).body).toMatchObject({ organisation: { kind: 'police' } });
    expect((await asked('staff-partner-1', 'E06000061')).body).toEqual({ organisation: null });
    for (const as of ['people', 'operator', 'partner-police', 'staff-administrator-1']) expect((await asked('staff-partner-1', undefined, as)).status).toBe(403);
    const somebody = account();
    const partnerId = staffMemberIdOf(somebody);
    const [one, other] = await Promise.all(['Invented Helpers', 'Invented Neighbours'].map(async (name) => `/organisations/${String((await ask('POST', '/organisations', { body: { kind: 'voluntary_sector', name } })).body['id'])}`));
    expect(await act(one!, 'partners', { account: somebody })).toMatchObject({ status: 200, body: { partners: [partnerId] } });
    expect((await asked(partnerId)).body).toMatchObject({ organisation: { kind: 'voluntary_sector', name: 'Invented Helpers' } });
    expect((await act(other!, 'partners', { account: somebody })).body).toMatchObject({ code: 'organisation/partner-of-another' });
    expect((await act(one!, 'partners', { account: somebody }, 'staff-partner-1')).status).toBe(403);
    expect([(await ask('GET', one!, { as: 'staff-partner-1' })).body['partners'], (await ask('GET', `${one!}/partners`, { as: 'staff-partner-1' })).status]).toEqual([undefined, 403]);
    expect((await ask('GET', `${one!}/partners`)).body).toMatchObject({ partners: [partnerId], linked: [{ id: partnerId, since: expect.any(String), by: administrator }] });
    expect((await act(one!, 'partners/remove', { account: somebody })).body).toMatchObject({ partners: [], linked: [] });
    expect((await asked(partnerId)).body).toEqual({ organisation: null });
    expect((await act(other!, 'partners', { account: somebody })).body).toMatchObject({ partners: [partnerId] });
    expect((await act(other!, 'partners/remove', { partner: partnerId })).body).toMatchObject({ partners: [] });
  });

  it('are listed a page at a time, each once', async () => {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await ask('GET', `/places?limit=2${after}`);
      seen.push(...(body['items'] as { id: string }[]).map(({ id }) => id));
      if (body['next'] === null) break;
      after = `&after=${String(body['next'])}`;
    }
    expect(seen).toEqual((await query<{ id: string }>(`select id from place where authority = 'E06000062' order by id`)).map(({ id }) => id));
  });

  it('take two people to be entered in error', async () => {
    const { body: { id } } = await ask('POST', '/organisations', { body: { kind: 'police', name: 'Entered twice' } });
    await act(`/organisations/${id}`, 'entered-in-error/propose', { reason: 'twice' });
    expect((await act(`/organisations/${id}`, 'entered-in-error/confirm')).body).toMatchObject({ code: 'organisation/second-person-required' });
    expect((await act(`/organisations/${id}`, 'entered-in-error/confirm', {}, 'staff-administrator-2')).body).toMatchObject({ status: 'entered-in-error', permitted: [] });
  });
});

describe('views of the queues', () => {
  const late = { queue: 'triage', filters: { late: 'yes', referrerType: 'police' } };
  const high = { queue: 'dols', filters: { band: 'high' } };
  const save = (body: object, as = 'staff-triage-1', key?: string) => ask('POST', '/staff/own/views', { as, body, ...(key && { key }) });
  const kept = async (as = 'staff-triage-1') => (await ask('GET', '/staff/own/views', { as })).body;

  it('are there again for whoever saved them, each once, and are nobody else’s to see', async () => {
    const key = randomUUID();
    expect(await kept()).toEqual({ items: [] });
    const first = await save(late, undefined, key);
    expect(first).toMatchObject({ status: 200, body: { id: idOf('staff-triage-1'), items: [late] } });
    expect(await save(late, undefined, key)).toEqual(first);
    expect((await save({ ...late, filters: { referrerType: 'police', late: 'yes' } })).body).toEqual(first.body);
    expect((await save(high)).body).toMatchObject({ items: [late, high] });
    expect(await kept()).toEqual({ items: [late, high] });
    for (const other of ['staff-triage-2', 'staff-triage-north-1', 'staff-manager-1']) expect(await kept(other)).toEqual({ items: [] });
    const { body } = await ask('GET', `/staff/${idOf('staff-triage-1')}`);
    expect([body['actsAs'], body['views']]).toEqual(['staff-triage-1', undefined]);
    expect(JSON.stringify((await ask('GET', `/staff/${idOf('staff-triage-1')}/story`)).body)).not.toContain('police');
  });

  it('are forgotten by whoever saved them alone', async () => {
    const forget = (as: string) => ask('POST', '/staff/own/views/forget', { as, body: high });
    expect((await forget('staff-manager-1')).body).toMatchObject({ items: [] });
    expect(await kept()).toEqual({ items: [late, high] });
    const forgotten = await forget('staff-triage-1');
    expect(forgotten).toMatchObject({ status: 200, body: { items: [late] } });
    expect((await forget('staff-triage-1')).body).toEqual(forgotten.body);
  });

  it('are saved also while somebody else changes the record, or the same person saves another', async () => {
    const views = ['high', 'medium', 'low'].map((band) => ({ queue: 'dols', filters: { band } }));
    const url = `/staff/${idOf('staff-dols-2')}`;
    const [leave, ...answers] = await Promise.all([act(url, 'leave', { from: '2027-07-05', to: '2027-07-09' }), ...views.map((view) => save(view, 'staff-dols-2'))]);
    expect([200, 412]).toContain(leave.status);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(((await kept('staff-dols-2'))['items'] as object[]).length).toBe(3);
  });

  it.each<[string, object]>([
    ['of a queue that has none', { ...late, queue: 'feedback' }],
    ['of nothing', { ...late, filters: {} }],
    ['with a seventh choice', { ...late, filters: Object.fromEntries([...'abcdefg'].map((name) => [name, 'yes'])) }],
    ['with words', { ...late, filters: { late: 'the daughter of Mrs T' } }],
    ['with a name for a choice', { ...late, filters: { person: 'Inventedname' } }],
    ['with a name for a value', { ...late, filters: { referrerType: 'Inventedname' } }],
    ['with what another queue has', { ...late, filters: { band: 'high' } }],
    ['with a number first', { ...late, filters: { late: '9990001234' } }],
    ['with a name that is no code', { ...late, filters: { 'no code': 'yes' } }],
    ['with something without an end', { ...late, filters: { late: 'y'.repeat(41) } }],
    ['with several at once', { ...late, filters: { late: ['yes'] } }],
    ['called something', { ...late, name: 'Mine' }],
  ])('are not kept %s', async (_what, body) => {
    expect((await save(body)).status).toBe(400);
    expect(await kept()).toEqual({ items: [late] });
  });

  it('are twenty at most', async () => {
    const some = ['police', 'housing', 'self', 'other', 'ambulance'].flatMap((referrerType) => ['yes', 'no'].flatMap((late) => ['me', 'nobody'].map((has) => ({ queue: 'triage', filters: { referrerType, late, has } }))));
    expect(some).toHaveLength(20);
    for (const view of some) expect((await save(view, 'staff-manager-2')).status).toBe(200);
    expect(await save(high, 'staff-manager-2')).toMatchObject({ status: 409, body: { code: 'staff-member/too-many-views', detail: expect.stringContaining('Forget one') } });
  });

  it('are for those who work in a queue, and kept for nobody whom the directory does not know', async () => {
    for (const as of [administrator, 'staff-worker-1', 'staff-auditor-1', 'staff-board-1', 'staff-partner-1']) {
      expect([(await ask('GET', '/staff/own/views', { as })).status, (await save(late, as)).status]).toEqual([403, 403]);
    }
    const headers = { authorization: `Bearer ${await directory.issuer.person('staff-triage-99', { claims: { roles: ['triage_officer'] } })}` };
    const asks = async (method: 'GET' | 'POST') => (await directory.app.inject({ method, url: '/staff/own/views', headers, ...(method === 'POST' && { payload: late }) })).json() as object;
    expect(await asks('GET')).toEqual({ items: [] });
    expect(await asks('POST')).toMatchObject({ status: 409, code: 'staff-member/not-registered', detail: expect.stringContaining('not registered') });
  });
});

describe('what is kept and told', () => {
  it('holds in every table, and names nobody', async () => {
    const owner = await dataSource({ url: directory.database.ownerUrl, name: 'test' }).initialize();
    const tables: { name: string }[] = await owner.query(`select format('directory.%I', tablename) as name from pg_tables where schemaname = 'directory'`);
    for (const { name } of tables) expect(await owner.query(`select 1 from ${name} as kept where kept::text ilike '%canaryname%' or kept::text ilike '%invented)%'`)).toEqual([]);
    await owner.destroy();
  });

  it('comes to the broker whole, as contracts say it', async () => {
    const lines = await directory.lines('/internal/contracts');
    expect(await directory.lines('/internal/contracts?only=names')).toEqual(lines.map(({ position, id, type }) => ({ position, id, type })));
    const told = lines.map(({ position: _position, ...envelope }) => parseContract(envelope));
    expect(new Set(told.map(({ type }) => type.split('.')[1]))).toEqual(new Set(['staff-member', 'team', 'organisation', 'place']));
    for (let tries = 0; tries < 200 && (await query('select from outbox')).length > 0; tries += 1) await pause(20);
    const { user, password } = directory.broker.login('set-up');
    const connection = await connectBroker({ url: directory.broker.url, user, password }, 'set-up');
    const consumer = await jetstream(connection).consumers.get('directory', { deliver_policy: DeliverPolicy.All });
    const carried: string[] = [];
    for await (const message of await consumer.fetch({ max_messages: told.length, expires: 5_000 })) carried.push(`${message.subject} ${message.headers?.get('Nats-Msg-Id')}`);
    await connection.close();
    expect(carried.toSorted()).toEqual(told.map(({ type, id }) => `${type} ${id}`).toSorted());
  });

  it('is in the read tables what the stories of all four kinds make of it', async () => {
    const results = async () => (await directory.lines('/internal/verify')).filter(({ check }) => ['chain', 'read-tables', 'outbox', 'stream'].includes(String(check)));
    const [row] = await query<{ n: number }>('select count(distinct record_id) as n from journal');
    expect(await results()).toEqual(expect.arrayContaining([{ check: 'read-tables', looked: row!.n, findings: 0 }, expect.objectContaining({ check: 'stream', findings: 0 })]));
    expect((await directory.lines('/internal/verify')).filter(({ failed }) => failed !== undefined)).toEqual([]);
    await query(`update place set setting = 'other' where setting = 'hospital_acute'`);
    await query(`update staff_member set roles = '{}' where acts_as = 'staff-authoriser-1'`);
    await query(`update staff_member set views = '[]' where acts_as = 'staff-triage-1'`);
    const wrong = (await results()).filter(({ what }) => what !== undefined);
    expect(wrong.map(({ where }) => (where as { table: string; columns: string })).map(({ table, columns }) => `${table} ${columns}`).toSorted()).toEqual(['place setting', 'place setting', 'staff_member roles', 'staff_member views']);
    await directory.lines('/internal/rebuild/read-tables', 'POST');
    expect((await results()).filter(({ what }) => what !== undefined)).toEqual([]);
    expect(await query(`select views from staff_member where acts_as = 'staff-triage-1'`)).toEqual([{ views: [{ queue: 'triage', filters: { late: 'yes', referrerType: 'police' } }] }]);
  });
});
