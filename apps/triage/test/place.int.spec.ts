import { randomUUID } from 'node:crypto';
import type { ContractOf } from '#libs/contracts';
import { MessageContext } from '#libs/messaging';
import { Database } from '#libs/platform';
import { PlacesTold } from '../src/concern/adapters/events/from-directory.js';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

const [west, north] = ['E06000062', 'E06000061'];
const other = 'staff-triage-2';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make(1);
}, 60_000);
afterAll(() => triage?.close());

type PlaceContract = ContractOf<'safeguarding.place.registered.v1' | 'safeguarding.place.entered-in-error.v1'>;
const told = (what: 'registered' | 'entered-in-error', subject: string, authority = west) => ({ type: `safeguarding.place.${what}.v1`, subject, authority, data: {} }) as unknown as PlaceContract;
const tell = (...batch: PlaceContract[]) =>
  triage.app.get(Database).transaction([...new Set(batch.map(({ authority }) => authority!))], (tx) => triage.app.get(PlacesTold).places(batch, new MessageContext(tx)));

/** A place that the directory told of. */
async function aPlace(authority = west): Promise<string> {
  const id = randomUUID();
  await tell(told('registered', id, authority));
  return id;
}

const name = (id: string, placeId: string | null, more: object = {}, as = officer) => triage.act(id, 'place', { placeId, ...more }, as);

/** A concern of which somebody said that it happened there. */
async function at(placeId: string, receivedAt = '2026-03-01T09:00:00.000Z'): Promise<string> {
  const id = await triage.raised({ receivedAt });
  expect(await name(id, placeId)).toMatchObject({ status: 200, body: { placeId } });
  return id;
}

const shown = async (id: string, as = officer) => (await triage.ask('GET', `/concerns/${id}/case`, { as })).body['atPlace'] as { total: number; items: { id: string; outcome: string | null }[] } | null;
const idsAt = async (id: string, as = officer) => (await shown(id, as))!.items.map((one) => one.id);

describe('which places there are', () => {
  it('is the same in whatever order, in whatever batches and however often the directory tells it', async () => {
    const [there, gone] = [told('registered', randomUUID()), randomUUID()];
    const stories = [[[there, told('registered', gone), told('entered-in-error', gone)]], [[told('entered-in-error', gone), told('registered', gone), there], [there]], [[told('registered', gone), there], [told('entered-in-error', gone)], [told('registered', gone)]]];
    for (const batches of stories) {
      await triage.asOwner('truncate triage.known_place');
      for (const batch of batches) await tell(...batch);
      expect(await triage.query('select id, authority, in_error from known_place order by in_error')).toEqual([{ id: there.subject, authority: west, in_error: false }, { id: gone, authority: west, in_error: true }]);
    }
  });
});

describe('the place of a concern', () => {
  it('is named, put right and taken back, each once and on the version that was seen', async () => {
    const [id, place, another] = [await triage.raised(), await aPlace(), await aPlace()];
    expect(await triage.ask('GET', `/concerns/${id}`)).toMatchObject({ body: { placeId: null, permitted: expect.arrayContaining(['NamePlace']) } });
    const { etag } = await triage.ask('GET', `/concerns/${id}`);
    const first = { seen: etag, key: randomUUID(), body: { placeId: place } };
    const answer = await triage.ask('POST', `/concerns/${id}/place`, first);
    expect(answer).toMatchObject({ status: 200, body: { placeId: place, sequence: 2 } });
    expect(await triage.ask('POST', `/concerns/${id}/place`, first)).toMatchObject({ status: 200, body: answer.body });
    expect((await triage.ask('POST', `/concerns/${id}/place`, { seen: etag, body: { placeId: another } })).status).toBe(412);
    expect((await triage.ask('POST', `/concerns/${id}/place`, { body: { placeId: another } })).status).toBe(428);
    expect(await name(id, another)).toMatchObject({ status: 409, body: { code: 'concern/reason-required' } });
    expect(await name(id, another, { reason: 'Canaryhome: the other house.' })).toMatchObject({ status: 200, body: { placeId: another } });
    expect(await name(id, null, { reason: 'Canaryhome: nobody knows.' })).toMatchObject({ status: 200, body: { placeId: null } });
    const rows = await triage.query<{ type: string; data: object }>('select type, data from journal where record_id = $1', [id]);
    expect(rows.map(({ type }) => type)).toEqual(['ConcernReceived', 'PlaceNamed', 'PlaceNamed', 'PlaceNamed']);
    expect(JSON.stringify(rows)).not.toContain('Canary');
    const partner = await triage.ask('GET', `/concerns/${id}`, { as: 'staff-partner-1' });
    expect(Object.keys(partner.body)).not.toContain('placeId');
  });

  it('is one that the own council knows, and was not entered in error', async () => {
    const [id, gone] = [await triage.raised(), await aPlace()];
    await tell(told('entered-in-error', gone));
    for (const place of [randomUUID(), gone, await aPlace(north)]) expect(await name(id, place)).toMatchObject({ status: 409, body: { code: 'concern/no-such-place' } });
    expect((await triage.ask('POST', `/concerns/${id}/place`, { seen: '"1"', body: { placeId: 'The house' } })).status).toBe(400);
  });

  it('is named by those who put right what a concern says', async () => {
    const [id, place] = [await triage.raised(), await aPlace()];
    const as = (who: string) => triage.ask('POST', `/concerns/${id}/place`, { as: who, seen: '"1"', body: { placeId: place } });
    expect([(await as('staff-worker-1')).status, (await as('staff-partner-1')).status, (await as('staff-triage-north-1')).status, (await as('staff-manager-1')).status]).toEqual([403, 403, 404, 200]);
  });
});

describe('the other concerns at the place of a concern', () => {
  it('are those from twelve months before on, the latest first; that they were shown is recorded in one row', async () => {
    const [place, elsewhere] = [await aPlace(), await aPlace()];
    const concern = await at(place);
    expect(await shown(concern)).toEqual({ items: [], total: 0, months: 12 });
    const before = await at(place, '2025-03-02T09:00:00.000Z');
    const later = await at(place, '2026-04-01T09:00:00.000Z');
    await at(place, '2025-02-27T09:00:00.000Z');
    await at(elsewhere);
    expect(await shown(concern)).toMatchObject({ total: 2, items: [{ id: later, reference: expect.stringMatching(/^SC-/), status: 'awaiting-triage', outcome: null }, { id: before }] });
    const read = await triage.query(`select record_ids, why from read_audit where actor = $1 and what = 'concerns at the same place' and record_ids @> array[$2::uuid]`, [officer, before]);
    expect(read).toEqual([{ record_ids: [later, before], why: null }]);
    expect(await shown(await triage.raised())).toBeNull();
  });

  it('are bounded, and counted', async () => {
    const place = await aPlace();
    const all: string[] = [];
    for (let day = 1; day <= 12; day += 1) all.push(await at(place, `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`));
    const { total, items } = (await shown(all[0]!))!;
    expect([total, items.map(({ id }) => id)]).toEqual([11, all.slice(2).toReversed()]);
  });

  it('are without those that left it or were entered in error', async () => {
    const place = await aPlace();
    const [concern, moved, wrong, kept] = [await at(place), await at(place), await at(place), await at(place)];
    expect(await idsAt(concern)).toHaveLength(3);
    await name(moved, null, { reason: 'Another house.' });
    await triage.act(wrong, 'entered-in-error/propose', { reason: 'Twice.' });
    await triage.act(wrong, 'entered-in-error/confirm', {}, 'staff-manager-1');
    expect(await idsAt(concern)).toEqual([kept]);
    expect(await name(wrong, null, { reason: 'It is gone.' })).toMatchObject({ status: 409, body: { code: 'concern/entered-in-error' } });
  });

  it('are shown and counted without those that are restricted, but to those who are named', async () => {
    const place = await aPlace();
    const [concern, hidden] = [await at(place), await at(place)];
    expect((await triage.act(hidden, 'restriction', { names: [], why: 'domestic_abuse' }, 'staff-manager-1')).status).toBe(200);
    expect(await shown(concern)).toMatchObject({ items: [], total: 0 });
    expect(await shown(concern, 'staff-manager-1')).toMatchObject({ total: 1, items: [{ id: hidden }] });
  });

  it('are those of the own council alone, whatever another says of the same id', async () => {
    const place = await aPlace();
    const [concern, theirs] = [await at(place), await triage.raised({ authority: north }, 'staff-partner-north-1')];
    await triage.asOwner(`update triage.concern set place_id = '${place}' where id = '${theirs}'`);
    expect(await idsAt(concern)).toEqual([]);
  });

  it('keep a decision from whoever has yet to make it again', async () => {
    const place = await aPlace();
    const [concern, drawn] = [await at(place), await at(place)];
    expect((await triage.act(drawn, 'triage', noFurtherAction)).status).toBe(200);
    expect([(await shown(concern))!.items[0]!.outcome, (await shown(concern, other))!.items[0]!.outcome]).toEqual(['no_further_action', null]);
  });
});
