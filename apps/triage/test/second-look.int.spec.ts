import { randomUUID } from 'node:crypto';
import { Database } from '#libs/platform';
import { Concerns } from '../src/concern/application/concerns.js';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make(1);
}, 60_000);
afterAll(() => triage?.close());

const [second, manager] = ['staff-triage-2', 'staff-manager-1'];
const { circumstances: _said, wishes: _asked, notSafeguardingReason: _why, sarReferral: _referral, ...alike } = noFurtherAction;
const yes = { answer: 'yes', reason: 'Invented.' };
const unlike = { limbs: { needs: yes, risk: yes, unable: yes }, outcome: 's42_enquiry', reason: 'Canaryreason of the second.' };

/** A concern that an officer decided, with what the person wants; what they judged before that is kept too. */
async function decided(more: object = {}): Promise<string> {
  const id = await triage.raised(more);
  await triage.act(id, 'assign', { to: officer });
  await triage.act(id, 'consider', { limbs: { needs: { answer: 'cannot_yet_tell', reason: 'Canaryjudged.' } } });
  expect((await triage.act(id, 'triage', { ...noFurtherAction, reason: 'Canarydecided.', wishes: { asked: 'asked_and_expressed', words: 'Canarywishes.' } })).status).toBe(200);
  return id;
}

const owed = async (as: string) => ((await triage.ask('GET', '/second-looks', { as })).body['items'] as { id: string }[]).map(({ id }) => id);
const look = (id: string, as = second) => triage.ask('GET', `/concerns/${id}/second-look`, { as });
async function give(id: string, body: object, as = second) {
  const { etag } = await look(id, as);
  return triage.ask('POST', `/concerns/${id}/second-look`, { as, seen: etag, body });
}

describe('a decision that is drawn', () => {
  it('waits for everybody but whoever made it, and tells nobody what was decided', async () => {
    const id = await decided();
    expect([await owed(second), await owed(manager), await owed(officer)]).toEqual([expect.arrayContaining([id]), expect.arrayContaining([id]), expect.not.arrayContaining([id])]);
    const { status, body } = await look(id);
    expect([status, body]).toMatchObject([200, { status: 'awaiting-triage', permitted: ['LookAgain'], clocks: [], considered: null, earlierDecisions: [] }]);
    const told = JSON.stringify(body);
    expect(told).toContain('A worry. (Invented.)');
    for (const kept of ['Canary', 'no_further_action', 'ConcernTriaged', 'LimbsConsidered', 'SecondLook', 'WishesRecorded', officer]) expect(told).not.toContain(kept);
    expect(body).toMatchObject({ wishes: null, missing: expect.arrayContaining(['wishes']) });
    const listed = JSON.stringify([(await triage.ask('GET', '/second-looks', { as: second })).body, (await triage.ask('GET', '/decided', { as: second })).body, (await triage.ask('GET', '/feedback-owed', { as: second })).body]);
    expect(listed).not.toContain('no_further_action');
    expect(JSON.stringify((await triage.ask('GET', '/decided')).body)).toContain('no_further_action');
  });

  it('does not show by where it was sent on what was decided', async () => {
    const id = await triage.raised();
    await triage.act(id, 'triage', { ...noFurtherAction, outcome: 'other_authority', otherAuthority: { code: 'E06000061' }, furtherRoutes: ['quality_team'] });
    const sentTo = async (as: string) => ((await triage.ask('GET', '/routes-awaited', { as })).body['items'] as { id: string; route: string | null; otherAuthority: string | null }[]).filter((one) => one.id === id);
    expect([await sentTo(officer), await sentTo(second)]).toMatchObject([[{ route: 'other_authority', otherAuthority: 'E06000061' }, { route: 'quality_team' }], []]);
  });

  it('is kept from whoever opens another concern about the same person', async () => {
    const [id, other, personId] = [await decided(), await triage.raised(), randomUUID()];
    for (const recordId of [id, other]) {
      const command = { type: 'IdentifyPerson', at: '2026-03-01T09:00:00.000000Z', personId, personSequence: 1, ageBand: '75-84' } as const;
      await triage.app.get(Database).transaction(['E06000062'], (tx) => triage.app.get(Concerns).handle(tx, { recordId, command, context: { authority: 'E06000062', actor: null, recordedAt: command.at } }));
    }
    const about = async (as: string) => (await triage.ask('GET', `/concerns/${other}/case`, { as })).body['aboutThem'];
    expect([await about(second), await about(officer)]).toMatchObject([[{ id, status: 'triaged', outcome: null }], [{ id, outcome: 'no_further_action' }]]);
  });

  it('is not for whoever has opened it since, who is told why', async () => {
    const id = await decided();
    await triage.ask('GET', `/concerns/${id}/case?secondLook=left`, { as: second });
    expect(await owed(second)).not.toContain(id);
    expect(await look(id)).toMatchObject({ status: 409, body: { code: 'concern/second-look-not-blind' } });
    expect(await look(id, officer)).toMatchObject({ status: 409, body: { code: 'concern/second-look-by-another' } });
    const { body } = await triage.ask('GET', `/concerns/${id}?secondLook=left`, { as: manager });
    expect(await triage.ask('POST', `/concerns/${id}/second-look`, { as: manager, seen: `"${String(body['sequence'])}"`, body: alike })).toMatchObject({ status: 409, body: { code: 'concern/second-look-not-blind' } });
  });

  it.each(['', '/case', '/story'])('is opened by nobody who could look at it again, and does not say that they leave it: /concerns/ID%s', async (path) => {
    const id = await decided();
    const open = (as: string, query = '') => triage.ask('GET', `/concerns/${id}${path}${query}`, { as });
    const refused = await open(second);
    expect(refused).toMatchObject({ status: 409, body: { code: 'concern/second-look-wanted' } });
    expect(JSON.stringify(refused.body)).not.toMatch(/Canary|no_further_action/);
    expect(await owed(second)).toContain(id);
    expect([(await open(officer)).status, (await open(second, '?secondLook=left')).status, (await open(second)).status]).toEqual([200, 200, 200]);
    expect(await owed(second)).not.toContain(id);
    expect((await give(id, alike, manager)).status).toBe(200);
    expect((await open('staff-manager-2')).status).toBe(200);
  });

  it('is told in lists to whoever cannot look at it again since they have seen it', async () => {
    const id = await decided();
    const listed = async (path: string) => ((await triage.ask('GET', path, { as: second })).body['items'] as { id: string; outcome: string | null }[]).find((one) => one.id === id)?.outcome;
    expect([await listed('/decided'), await listed('/feedback-owed'), await listed('/decided?outcome=no_further_action')]).toEqual([null, null, undefined]);
    await triage.ask('GET', `/concerns/${id}?secondLook=left`, { as: second });
    expect([await listed('/decided'), await listed('/feedback-owed'), await listed('/decided?outcome=no_further_action')]).toEqual(Array(3).fill('no_further_action'));
  });

  it('is not read in the message to whoever raised it by somebody who may look at it again: it is counted, until they have', async () => {
    const id = await decided({ referrer: { name: 'Invented Neighbour', email: 'neighbour@example.test', type: 'police' } });
    const outbox = async (as: string) => (await triage.ask('GET', '/outbox', { as })).body as { items: { recordId: string }[]; total: number; withheld: number };
    const before = [(await outbox(officer)).total, (await outbox(second)).withheld];
    expect((await triage.act(id, 'message', { way: 'email', message: 'Canarymessage.' })).status).toBe(200);
    const sent = async (): Promise<Awaited<ReturnType<typeof outbox>>> => {
      const now = await outbox(officer);
      return now.items.some(({ recordId }) => recordId === id) ? now : new Promise((resolve) => { setTimeout(resolve, 50); }).then(sent);
    };
    expect([(await sent()).total, (await outbox(second)).withheld]).toEqual(before.map((number) => number + 1));
    expect(JSON.stringify(await outbox(second))).not.toContain('Canarymessage');
    expect((await give(id, alike)).status).toBe(200);
    expect(await outbox(second)).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ recordId: id })]), withheld: before[1] });
    expect(JSON.stringify(await outbox(second))).toContain('Canarymessage');
  });

  it('hides no danger told since from whoever could make it again, and what was said of it costs them that where it may show what was decided', async () => {
    const partner = 'staff-partner-1';
    const tells = (id: string, words: string) => triage.ask('POST', `/concerns/${id}/more`, { as: partner, body: { what: [], words, inDanger: 'yes' } });
    const danger = async (id: string, as = second) => (await triage.ask('GET', `/concerns/${id}/danger-since`, { as })).body['danger'];
    const id = await triage.raised({}, partner);
    expect((await triage.act(id, 'triage', { ...noFurtherAction, reason: 'Canarydecided.' })).status).toBe(200);
    expect([await danger(id), (await look(id)).body['dangerToldAt']]).toEqual([null, null]);
    await tells(id, 'He has a knife.');
    const blind = (await look(id)).body;
    expect(blind).toMatchObject({ dangerToldAt: expect.any(String), permitted: ['LookAgain'] });
    expect(JSON.stringify(blind)).not.toMatch(/knife|Canary/);
    expect(await danger(id)).toEqual({ at: blind['dangerToldAt'], words: [{ at: blind['dangerToldAt'], words: 'He has a knife.' }], mayTell: true });
    expect([await owed(second), await owed(manager)]).toEqual([expect.not.arrayContaining([id]), expect.arrayContaining([id])]);
    await triage.act(id, 'feedback', { told: true, message: 'Canarytold.' });
    await tells(id, 'You do nothing, and he is back.');
    expect(await danger(id)).toMatchObject({ mayTell: true, words: [{ words: 'You do nothing, and he is back.' }, { words: 'He has a knife.' }] });
    expect([await owed(second), await owed(manager)]).toEqual([expect.not.arrayContaining([id]), expect.arrayContaining([id])]);
    await triage.act(id, 'danger-seen-to', { reason: 'The police are there.' });
    expect(await danger(id, manager)).toBeNull();
  });

  it('is made again once, leaves the decision as it is, and is told to nobody outside', async () => {
    const id = await decided();
    expect(await give(id, unlike)).toMatchObject({ status: 200, body: { status: 'triaged', decision: { outcome: 'no_further_action', decidedBy: officer } } });
    expect([await owed(second), await owed(manager)]).toEqual([expect.not.arrayContaining([id]), expect.not.arrayContaining([id])]);
    expect(await look(id, manager)).toMatchObject({ status: 409, body: { code: 'concern/second-look-given' } });
    const rows = await triage.query<{ type: string; data: object; contract_sequence: number | null }>('select type, data, contract_sequence from journal where record_id = $1 order by sequence', [id]);
    expect(rows.slice(-2).map(({ type, contract_sequence: told }) => [type, told])).toEqual([['SecondLookDrawn', null], ['SecondLookGiven', null]]);
    expect(JSON.stringify(rows)).not.toContain('Canary');
    expect(JSON.stringify((await triage.ask('GET', `/concerns/${id}/case`)).body)).toContain('Canaryreason of the second.');
  });

  it('lapses where it is opened again', async () => {
    const id = await decided();
    await triage.act(id, 'reopen', { reason: 'More came.' });
    expect(await owed(manager)).not.toContain(id);
    expect(await look(id, manager)).toMatchObject({ status: 409, body: { code: 'concern/not-decided' } });
  });
});

describe('how far two people agree', () => {
  const told = (as: string, query = '') => triage.ask('GET', `/consistency${query}`, { as });

  it('is worked out by limb and by outcome over the second looks that were given, and told to the board', async () => {
    const before = (await told('staff-board-1', '?authority=all')).body as { agreement: { outcome: { pairs: number; agreed: number } } };
    for (const one of [alike, alike, alike, unlike, alike, alike, alike, alike, alike, unlike]) expect((await give(await decided(), one)).status).toBe(200);
    const { status, body } = await told('staff-board-1', '?authority=all');
    const { pairs, agreed } = before.agreement.outcome;
    expect([status, body]).toMatchObject([200, { agreement: { outcome: { pairs: pairs + 10, agreed: agreed + 8 }, needs: { pairs: pairs + 10 } } }]);
    expect((await told(manager)).body).toMatchObject({ agreement: { risk: { pairs: pairs + 10 } } });
    expect((await told(manager, '?as_of=2026-01-01')).body).toMatchObject({ from: '2025-01-02', to: '2026-01-01', agreement: { outcome: { pairs: 0, kappa: null } } });
  });

  it('is not told of a day that has not come', async () => {
    expect(await told(manager, '?as_of=2999-01-01')).toMatchObject({ status: 400, body: { detail: expect.stringContaining('as_of: must not be later than today') } });
  });

  it('is told to nobody of another council, nor to whoever reads no measures', async () => {
    expect((await told('staff-manager-north-1')).body).toMatchObject({ agreement: { outcome: { pairs: 0 } }, owed: 0 });
    for (const [as, query] of [[manager, '?authority=E06000061'], [manager, '?authority=all'], [officer, '']] as const) expect((await told(as, query)).status).toBe(403);
  });
});
