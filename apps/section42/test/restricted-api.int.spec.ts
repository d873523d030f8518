import { randomUUID } from 'node:crypto';
import { enquiryIdOf } from '../src/enquiry/application/enquiries.js';
import { aDecision } from './a-section42.js';
import { allocation, AServedSection42 } from './a-served-section42.js';

let section42: AServedSection42;
beforeAll(async () => {
  section42 = await AServedSection42.start();
}, 60_000);
afterAll(() => section42?.close());

const ask: AServedSection42['ask'] = (...given) => section42.ask(...given);
const tell: AServedSection42['tell'] = (message) => section42.tell(message);
const opened: AServedSection42['opened'] = () => section42.opened();

describe('an enquiry whose concern is restricted', () => {
  const named = ['staff-manager-1', 'staff-worker-1'];
  const allocate = (id: string, seen: string, worker: string) => ask('POST', `/enquiries/${id}/allocate`, { seen, body: { ...allocation, worker } });

  it('is given to nobody who could not open it', async () => {
    const { id, concernId, etag } = await opened();
    await section42.restrict(concernId, named, 2);
    expect(await allocate(id, etag, 'staff-worker-2')).toMatchObject({ status: 409, body: { code: 'enquiry/worker-not-named' } });
    const given = await allocate(id, etag, 'staff-worker-1');
    expect(given.status).toBe(200);
    const again = { ...allocation, worker: 'staff-worker-2', reason: 'moved house' };
    expect(await ask('POST', `/enquiries/${id}/reallocate`, { seen: given.etag!, body: again })).toMatchObject({ status: 409, body: { code: 'enquiry/worker-not-named' } });
    await section42.restrict(concernId, [...named, 'staff-worker-2'], 3);
    expect((await ask('POST', `/enquiries/${id}/reallocate`, { seen: given.etag!, body: again })).status).toBe(200);
  });

  it('is given to nobody from whom its concern is kept', async () => {
    const { id, concernId, etag } = await opened();
    await tell({ ...aDecision(concernId), sequence: 2, type: 'safeguarding.concern.kept-from.v1', data: { staff: ['staff-worker-2'], kept: true } } as never);
    await section42.eventually(async () => (await ask('GET', `/enquiries/${id}`, { as: 'staff-worker-2' })).status === 404);
    expect((await ask('GET', `/enquiries/${id}`, { as: 'staff-worker-1' })).status).toBe(200);
    expect(await allocate(id, etag, 'staff-worker-2')).toMatchObject({ status: 409, body: { code: 'enquiry/kept-from-worker' } });
    expect((await allocate(id, etag, 'staff-worker-1')).status).toBe(200);
  });

  it('is told to auditors as opened by a broken glass, with what was given as the reason here', async () => {
    const { id, concernId } = await opened();
    await section42.restrict(concernId, named, 2);
    await tell({ ...aDecision(concernId), sequence: 3, type: 'safeguarding.concern.glass-broken.v1', data: { by: 'staff-worker-2', until: '2999-01-01T00:00:00.000000Z' } } as never);
    await section42.eventually(async () => (await ask('GET', `/enquiries/${id}`, { as: 'staff-worker-2', why: 'cover' })).status === 200);
    await ask('GET', `/enquiries/${id}`, { as: 'staff-worker-1' });
    const { items } = (await ask('GET', `/readings?record=${id}`, { as: 'staff-auditor-1' })).body as { items: object[] };
    expect(items).toContainEqual(expect.objectContaining({ who: 'staff-worker-2', what: 'enquiry by a broken glass', why: 'cover' }));
    expect(items).toContainEqual(expect.objectContaining({ who: 'staff-worker-1', what: 'enquiry' }));
  });
});

describe('a message that was set aside and is about a restricted concern', () => {
  const aManager = { as: 'staff-data-1' };
  const listed = async (as = 'staff-data-1') => ((await ask('GET', '/dead-letters', { as })).body['items'] as { id: string }[]).map(({ id }) => id);
  const read = (id: string, as = 'staff-data-1') => ask('GET', `/dead-letters/${encodeURIComponent(id)}`, { as });
  /** As if it had failed too often. */
  const setAside = async (message: { id: string; type: string }, about?: string) => {
    // Claimed, so that no delivery takes it.
    await section42.every('insert into inbox (message_id) values ($1)', message.id);
    await section42.every(`insert into dead_letter (message_id, stream, stream_sequence, type, error_class, attempts, record_id) values ($1, 'triage', $2, $3, 'Error', 8, $4)`, message.id, await tell(message), message.type, about ?? null);
  };

  it('is there for whom the concern is open to, and for nobody else: neither in the list nor by its id', async () => {
    const concernId = randomUUID();
    const decision = aDecision(concernId);
    await section42.restrict(concernId, ['staff-manager-1'], 2);
    await setAside(decision, enquiryIdOf(concernId));
    expect(await listed()).not.toContain(decision.id);
    expect((await read(decision.id)).body).toEqual((await read(`${randomUUID()}:v1`)).body);
    await section42.restrict(concernId, ['staff-data-1', 'staff-manager-1'], 3);
    expect(await listed()).toContain(decision.id);
    expect((await read(decision.id)).body).toMatchObject({ contract: { subject: concernId } });
    expect((await ask('GET', '/dead-letters', { as: 'staff-data-north-1' })).body['items']).not.toContainEqual(expect.objectContaining({ id: decision.id }));
  });

  it('is hidden by what it says, where nobody kept what it is about', async () => {
    const concernId = randomUUID();
    const decision = aDecision(concernId);
    await section42.restrict(concernId, ['staff-manager-1'], 2);
    await setAside(decision);
    expect((await read(decision.id)).status).toBe(404);
  });

  it('is hidden as well where it cannot be read, and can be sent again by whoever knows of it', async () => {
    const concernId = randomUUID();
    await section42.restrict(concernId, ['staff-manager-1'], 2);
    const broken = { ...aDecision(concernId), data: {} };
    await tell(broken);
    await section42.eventually(async () => (await section42.every('select from dead_letter where message_id = $1 and record_id = $2', broken.id, enquiryIdOf(concernId))).length === 1);
    expect(await listed()).not.toContain(broken.id);
    expect((await read(broken.id)).status).toBe(404);
    expect((await ask('POST', `/dead-letters/${encodeURIComponent(broken.id)}/resend`, { ...aManager, body: { reason: 'mended' } })).body).toMatchObject({ outcome: 'failed_again', errorClass: 'ZodError' });
  });

  it('is for those whom it names where it is the restriction itself', async () => {
    const restriction = { ...aDecision(randomUUID()), sequence: 2, type: 'safeguarding.concern.restricted.v1', data: { openTo: ['staff-manager-1'] } };
    const lifted = { ...restriction, id: `${randomUUID()}:v1`, data: { openTo: [] } };
    const glass = { ...restriction, id: `${randomUUID()}:v1`, type: 'safeguarding.concern.glass-broken.v1', data: { by: 'staff-worker-1', until: '2020-01-01T00:00:00.000000Z' } };
    const keeping = { ...restriction, id: `${randomUUID()}:v1`, type: 'safeguarding.concern.kept-from.v1', data: { staff: ['staff-data-1'], kept: true } };
    for (const one of [restriction, lifted, glass, keeping]) await setAside(one);
    expect((await read(keeping.id)).status).toBe(404);
    expect([await read(restriction.id), await read(lifted.id), await read(glass.id)].map(({ status }) => status)).toEqual([404, 200, 404]);
  });
});
