import { randomUUID } from 'node:crypto';
import { eventually } from '../asking.ts';
import { AReceiver } from '../../apps/triage/test/a-receiver.js';
import { conclusion, decision, raise, today } from '../line.ts';
import { TestSystem } from '../system.ts';

const system = new TestSystem();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.remove(), 60_000);

const west = raise.authority;
const triage = () => system.as('triage', 'staff-triage-1');
const section42 = () => system.as('section42', 'staff-manager-1');

/** A measure of this month, with everything that has come to the metrics service. */
async function measured(key: string): Promise<Record<string, number>> {
  const { body } = await system.as('metrics', 'staff-board-1').get(`/measures/${key}?from=${today.slice(0, 8)}01&to=${today}&authority=${west}`);
  return body.periods[0].figures;
}
const shows = (key: string, figures: Record<string, number | null>) =>
  eventually(() => measured(key), (now) => Object.entries(figures).every(([name, value]) => now[name] === value));

describe('a concern walks the line', () => {
  it('is raised, decided, opened as an enquiry, allocated and concluded, and shows in the measures at each step', async () => {
    const raised = await triage().post('/concerns', raise);
    expect(raised.status).toBe(201);
    await shows('awaiting_triage', { waiting: 1 });

    // People answers whom it is about, so the version moves on by itself.
    const known = await eventually(() => triage().get(`/concerns/${raised.body.id}`), ({ body }) => body.personId !== null);
    expect(known.body.ageBand).toBe('85-94');
    const decided = await triage().post(`/concerns/${raised.body.id}/triage`, decision, { etag: known.etag });
    expect(decided.status).toBe(200);
    await shows('conversion', { concerns: 1, s42_enquiries: 1 });
    await shows('triage_time', { decisions: 1, within_24_hours: 1 });
    await shows('unallocated_enquiries', { waiting: 1 });

    const opened = await eventually(() => section42().get(`/enquiries?concernId=${raised.body.id}`), ({ body }) => body.items?.length === 1);
    const queue = await section42().get(`/queue?authority=${west}`);
    expect(queue.body.items.map((item: { concernId: string }) => item.concernId)).toEqual([raised.body.id]);
    const path = `/enquiries/${opened.body.items[0].id}`;
    const allocated = await section42().post(`${path}/allocate`, { worker: 'staff-worker-1', team: 'community_north' }, { etag: (await section42().get(path)).etag });
    expect(allocated.status).toBe(200);
    await shows('unallocated_enquiries', { waiting: 0 });

    const concluded = await section42().post(`${path}/conclude`, conclusion, { etag: allocated.etag });
    expect([concluded.status, concluded.body.detail]).toEqual([200, undefined]);
    await shows('making_safeguarding_personal', { concluded: 1, not_asked: 0, expressed: 1, fully_or_partially_achieved: 1 });
  }, 90_000);

  it('tells whoever raised it, and counts another about the same person as a repeat', async () => {
    const person = { familyName: 'Onceandagain', nhsNumber: '999 000 0018' };
    const first = await triage().post('/concerns', { ...raise, person: { ...person, givenName: 'Wilhelmina' } });
    await triage().post('/concerns', { ...raise, person: { ...person, givenName: 'Wilhelmina' } });
    await shows('repeat_concerns', { repeats_within_365_days: 1 });
    const path = `/concerns/${first.body.id}`;
    const known = await eventually(() => triage().get(path), ({ body }) => body.personId !== null);
    const decided = await triage().post(`${path}/triage`, decision, { etag: known.etag });
    expect(decided.body.permitted).toContain('TellReferrer');
    const told = await triage().post(`${path}/feedback`, { told: true, message: 'We look into it.' }, { etag: decided.etag });
    expect([told.status, told.body.feedback]).toEqual([200, 'told']);
  }, 60_000);

  it('is raised by a program among others, which hears how it goes on', async () => {
    const police = system.as('triage', 'partner-police');
    const receiver = await AReceiver.start();
    const { body: { secret } } = await police.put('/webhook', { url: receiver.url });
    const { worry: _missing, ...nothing } = raise;
    const [key, other] = [randomUUID(), randomUUID()];
    const { body } = await police.post('/concerns/batch', { items: [{ key, concern: { ...raise, referrer: { type: 'police' } } }, { key: other, concern: nothing }] });
    expect(body.items).toMatchObject([{ key, taken: true, status: 201 }, { key: other, taken: false, status: 400 }]);
    const [{ id, reference }] = body.items as [{ id: string; reference: string }];
    const known = await eventually(() => triage().get(`/concerns/${id}`), (answer) => answer.body.personId !== null);
    expect((await triage().post(`/concerns/${id}/triage`, decision, { etag: known.etag })).status).toBe(200);
    await eventually(async () => receiver.heard.length, (count) => count === 2);
    expect(receiver.read(secret as string)).toMatchObject([{ type: 'concern.received' }, { type: 'concern.decided', data: { id, reference, state: 'decided' } }]);
    await receiver.close();
  }, 60_000);

  it('is accepted while everything else is down, and goes on when it is back', async () => {
    const { running } = system;
    const others = ['people', 'section42', 'dols', 'metrics'].flatMap((name) => running.services[name]!.pids);
    const stopped = [...others, running.nats.pid!];
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
    const raised = await triage().post('/concerns', raise).finally(() => {
      for (const pid of stopped) process.kill(pid, 'SIGCONT');
    });
    expect(raised.status).toBe(201);
    await eventually(() => triage().get(`/concerns/${raised.body.id}`), ({ body }) => body.personId !== null, 40_000);
  }, 90_000);
});

describe('a DoLS request walks the line', () => {
  const dols = () => system.as('dols', 'staff-dols-1');
  const request = { authority: west, receivedAt: undefined, urgent: true, setting: 'care_home_residential', managingAuthority: 'An invented home', person: raise.person };
  const assessments = ['age', 'no_refusals', 'mental_capacity', 'mental_health', 'eligibility', 'best_interests'];
  const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

  it('is asked for, screened, ranked, allocated, assessed by two, granted and ended; then asked for again', async () => {
    const asked = await dols().post('/requests', request);
    expect(asked.status).toBe(201);
    const path = `/requests/${asked.body.id}`;
    await shows('dols_waiting', { waiting: 1, new: 1, renewal: 0, max_days: 0 });

    let { etag } = await eventually(() => dols().get(path), ({ body }) => body.personId !== null);
    const step = async (act: string, body: unknown, who = dols()) => {
      const answer = await who.post(`${path}/${act}`, body, { etag });
      expect([act, answer.status, answer.body.detail]).toEqual([act, 200, undefined]);
      etag = answer.etag;
      return answer.body;
    };
    const screened = await step('screen', { result: 'likely', factors: { person_objects: 'yes' } });
    expect([screened.screening.legalTest, screened.toLookAt]).toEqual(['multi_factor_2026_uksc_16', ['objection']]);
    expect((await step('prioritise', { band: 'high', reason: 'She asks to go home.' })).toLookAt).toEqual([]);
    const queue = await dols().get(`/queue?authority=${west}&band=high`);
    expect(queue.body.items.map((item: { id: string }) => item.id)).toEqual([asked.body.id]);
    await step('allocate', { bestInterestsAssessor: 'assessor-bia-1', mentalHealthAssessor: 'assessor-doctor-1' });
    for (const assessment of assessments) {
      const assessor = assessment === 'mental_health' ? 'assessor-doctor-1' : 'assessor-bia-1';
      await step('assess', { assessment, result: 'met', assessor, assessedOn: today });
    }
    const representative = { appointed: 'unpaid', name: 'An invented niece' };
    const granted = await step('decide', { outcome: 'granted', authorisedFrom: today, authorisedTo: inDays(180), representative, reason: 'All six are met.' }, system.as('dols', 'staff-authoriser-1'));
    expect(granted.status).toBe('authorised');
    await shows('dols_waiting', { waiting: 0 });
    await shows('dols_decided', { decided: 1, granted: 1, within_21_days: 1 });

    const renewal = await dols().post('/requests', { ...request, urgent: undefined, kind: 'renewal', renewalOf: asked.body.id });
    expect(renewal.status).toBe(201);
    await shows('dols_waiting', { waiting: 1, new: 0, renewal: 1 });
    etag = (await dols().get(path)).etag;
    const ended = await step('end', { endedOn: today, why: 'reviewed', reason: 'She has moved to a flat of her own.' });
    expect([ended.status, ended.endedBecause]).toEqual(['ended', 'reviewed']);
  }, 90_000);
});

describe('two at once', () => {
  it('gives the same record for the same key, and refuses another request under it', async () => {
    const key = randomUUID();
    const [one, two] = await Promise.all([triage().post('/concerns', raise, { key }), triage().post('/concerns', raise, { key })]);
    expect([one.status, two.status, one.body.id]).toEqual([201, 201, two.body.id]);
    expect((await triage().post('/concerns', { ...raise, worry: 'Another.' }, { key })).status).toBe(422);
  });

  it('tells the slower what has changed, and asks which version was seen', async () => {
    const { body } = await triage().post('/concerns', raise);
    const seen = await eventually(() => triage().get(`/concerns/${body.id}`), (answer) => answer.body.personId !== null);
    const path = `/concerns/${body.id}/correct`;
    const correction = { field: 'channel', value: 'email', reason: 'It came by e-mail.' };
    const both = await Promise.all([triage().post(path, correction, { etag: seen.etag }), triage().post(path, { ...correction, value: 'online' }, { etag: seen.etag })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const slower = both.find(({ status }) => status === 412)!;
    expect(slower.body.changes).toEqual([expect.objectContaining({ type: 'ConcernCorrected', actor: 'staff-triage-1' })]);
    expect((await triage().post(path, correction)).status).toBe(428);
  });
});

describe('a DoLS request about somebody of whom a concern is restricted', () => {
  it('is open to those who are named there, and counted', async () => {
    const person = { givenName: 'Reclusa', familyName: 'Zwischenwand', dateOfBirth: '1941-02-03', nhsNumber: '999 000 0212' };
    const [manager, dols] = [system.as('triage', 'staff-manager-1'), (who: string) => system.as('dols', who)];
    const path = `/concerns/${(await triage().post('/concerns', { ...raise, person })).body.id}`;
    const { etag } = await eventually(() => manager.get(path), ({ body }) => body.personId !== null);
    expect((await manager.post(`${path}/restriction`, { names: ['staff-triage-1'], why: 'domestic_abuse' }, { etag })).status).toBe(200);
    const waiting = (await measured('dols_waiting'))['waiting']!;
    const { body: asked } = await dols('staff-dols-1').post('/requests', { authority: west, kind: 'new', setting: 'care_home_residential', managingAuthority: 'An invented home', person });
    const { body } = await eventually(() => dols('staff-manager-1').get(`/requests/${asked.id}`), (answer) => answer.body.personId !== null);
    expect(body.restriction).toMatchObject({ names: ['staff-manager-1', 'staff-triage-1'], why: 'same_person' });
    expect((await dols('staff-dols-2').get(`/requests/${asked.id}`)).status).toBe(404);
    expect((await dols('staff-manager-1').get('/restricted')).body.items).toMatchObject([{ id: asked.id }]);
    await shows('dols_waiting', { waiting: waiting + 1 });
  }, 60_000);

  it('is kept from whoever is close to them, as the concern is', async () => {
    const person = { givenName: 'Propinqua', familyName: 'Zwischenwand', dateOfBirth: '1942-03-04', nhsNumber: '999 000 0220' };
    const [manager, dols] = [system.as('triage', 'staff-manager-1'), (who: string) => system.as('dols', who)];
    const path = `/concerns/${(await triage().post('/concerns', { ...raise, person })).body.id}`;
    const { etag } = await eventually(() => manager.get(path), ({ body }) => body.personId !== null);
    expect((await manager.post(`${path}/kept-from`, { staff: ['staff-dols-2'], why: 'close_to_person' }, { etag })).status).toBe(200);
    const { body: asked } = await dols('staff-dols-1').post('/requests', { authority: west, kind: 'new', setting: 'care_home_residential', managingAuthority: 'An invented home', person });
    const { body } = await eventually(() => dols('staff-dols-1').get(`/requests/${asked.id}`), (answer) => answer.body.personId !== null);
    expect(body.keptFrom).toMatchObject([{ id: 'staff-dols-2', why: 'close_to_person', by: null }]);
    expect((await dols('staff-dols-2').get(`/requests/${asked.id}`)).status).toBe(404);
  }, 60_000);
});
