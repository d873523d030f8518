import { randomUUID } from 'node:crypto';
import { asking, eventually } from '../asking.ts';
import { TestSystem } from '../system.ts';

const system = new TestSystem();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.remove(), 60_000);

const today = new Date().toISOString().slice(0, 10);
const month = today.slice(0, 7);
const west = 'E06000062';

const as = (service: string, actor: string) => asking(system.url(service), actor);

async function figures(): Promise<Record<string, never>> {
  const { body } = await as('metrics', 'staff-board-1').get(`/report?as_of=${today}&authority=${west}`);
  return body.authorities[west] ?? {};
}

const raise = {
  authority: west,
  channel: 'telephone',
  worry: 'Bruises on both arms; she says she fell. (An invented account.)',
  person: { givenName: 'Testa', familyName: 'Inventedname', dateOfBirth: '1940-02-29', postcode: 'NN1 1AA' },
  referrer: { email: 'someone@example.org', type: 'care_home' },
  abuseTypes: ['physical'],
  wishes: { asked: 'asked_and_expressed', words: 'To stay where I am.' },
};
const yes = (reason: string) => ({ answer: 'yes', reason });
const decision = {
  limbs: { needs: yes('Needs help to wash and dress.'), risk: yes('Unexplained bruises.'), unable: yes('Cannot leave her room unaided.') },
  outcome: 's42_enquiry',
  reason: 'All three limbs are met.',
};

describe('a concern walks the line', () => {
  it('is raised, decided, opened as an enquiry, allocated and concluded, and shows in the measures at each step', async () => {
    const triage = as('triage', 'staff-triage-1');
    const manager = as('section42', 'staff-manager-1');
    const raised = await triage.post('/concerns', raise);
    expect(raised.status).toBe(201);
    await eventually(figures, (now) => now['conversion_by_month_received']?.[month]?.['awaiting_triage_at_month_end'] === 1);

    // People answers whom it is about, so the version moves on by itself.
    const known = await eventually(() => triage.get(`/concerns/${raised.body.id}`), ({ body }) => body.personId !== null);
    expect(known.body.ageBand).toBe('85-94');
    const decided = await triage.post(`/concerns/${raised.body.id}/triage`, decision, { etag: known.etag });
    expect(decided.status).toBe(200);
    const opened = await eventually(() => manager.get(`/enquiries?concernId=${raised.body.id}`), ({ body }) => body.items?.length === 1);
    await eventually(figures, (now) => now['unallocated_enquiries_at_month_end']?.[month] === 1);
    const queue = await manager.get(`/queue?authority=${west}`);
    expect(queue.body.items.map((item: { concernId: string }) => item.concernId)).toEqual([raised.body.id]);

    const id = opened.body.items[0].id;
    const seen = await manager.get(`/enquiries/${id}`);
    const allocated = await manager.post(`/enquiries/${id}/allocate`, { worker: 'staff-worker-1', team: 'community_north' }, { etag: seen.etag });
    expect(allocated.status).toBe(200);
    await eventually(figures, (now) => now['unallocated_enquiries_at_month_end']?.[month] === 0);

    const concluded = await manager.post(`/enquiries/${id}/conclude`, conclusion, { etag: allocated.etag });
    expect([concluded.status, concluded.body.detail]).toEqual([200, undefined]);
    const measure = () => as('metrics', 'staff-board-1').get(`/report?as_of=${today}&authority=${west}`);
    await eventually(measure, ({ body }) => body.authorities[west] !== undefined);
  }, 60_000);

  it('gives the same record for the same key, and refuses another request under it', async () => {
    const triage = as('triage', 'staff-triage-1');
    const key = randomUUID();
    const [one, two] = await Promise.all([triage.post('/concerns', raise, { key }), triage.post('/concerns', raise, { key })]);
    expect([one.status, two.status, one.body.id]).toEqual([201, 201, two.body.id]);
    expect((await triage.post('/concerns', { ...raise, worry: 'Another.' }, { key })).status).toBe(422);
  });

  it('tells the slower of two what has changed, and asks which version was seen', async () => {
    const triage = as('triage', 'staff-triage-1');
    const { body } = await triage.post('/concerns', raise);
    const seen = await eventually(() => triage.get(`/concerns/${body.id}`), (answer) => answer.body.personId !== null);
    const path = `/concerns/${body.id}/correct`;
    const correction = { field: 'channel', value: 'email', reason: 'It came by e-mail.' };
    const both = await Promise.all([triage.post(path, correction, { etag: seen.etag }), triage.post(path, { ...correction, value: 'online' }, { etag: seen.etag })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const slower = both.find(({ status }) => status === 412)!;
    expect(slower.body.changes).toEqual([expect.objectContaining({ type: 'ConcernCorrected', actor: 'staff-triage-1' })]);
    expect((await triage.post(path, correction)).status).toBe(428);
  });

  it('is accepted while everything else is down, and goes on when it is back', async () => {
    const { running } = system;
    const others = ['people', 'section42', 'dols', 'metrics'].flatMap((name) => running.services[name]!.pids);
    for (const pid of [...others, running.nats.pid!]) process.kill(pid, 'SIGSTOP');
    const triage = as('triage', 'staff-triage-1');
    const raised = await triage.post('/concerns', raise);
    expect(raised.status).toBe(201);
    for (const pid of [...others, running.nats.pid!]) process.kill(pid, 'SIGCONT');
    await eventually(() => triage.get(`/concerns/${raised.body.id}`), ({ body }) => body.personId !== null, 40_000);
  }, 60_000);
});

const conclusion = {
  outcomesAsked: 'asked_and_expressed',
  outcomesAchieved: 'fully_achieved',
  mentalCapacity: 'has_capacity',
  advocate: 'no',
  risks: [{ typeOfRisk: 'physical', sourceOfRisk: 'service_provider', location: 'care_home_residential', riskAssessmentOutcome: 'A1', riskOutcome: 'removed' }],
  action: { isNeeded: true, words: 'The home trains its staff; the council visits in a month.' },
  sarReferral: false,
};
