import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const id = '0190c1d2-0000-7000-8000-0000000000c1';
const personId = '0190c1d2-0000-7000-8000-0000000000d1';
const at = (hour: number) => `2026-07-01T${String(hour).padStart(2, '0')}:00:00.000000Z`;
const account = JSON.stringify({ worry: 'She is thin.\n\n<script>alert(1)</script>', referrer: { name: 'Invented Neighbour', phone: '01632 960001' }, consent: { given: 'no', why: 'afraid' }, details: { when: 'Since_Monday', policeTold: 'not_sure', othersAtRisk: ['adults', 'children'], needs: 'Speaks Inventish', contactRisky: 'yes', safeContact: 'Mornings only.' } });
const waiting = {
  id, sequence: 2, reference: 'SC-0000-0001', authority: 'E06000062', status: 'awaiting-triage', legacy: false, receivedAt: at(9),
  permitted: ['AnswerMore', 'RecordWishes', 'AskForMore', 'TriageConcern', 'AssignConcern', 'CorrectConcern', 'ProposeEnteredInError'], assignedTo: null,
  channel: 'online', referrerType: 'family_or_friend', abuseTypes: ['self_neglect'], locationType: null, sourceOfRisk: null, immediateRisk: true,
  missing: ['person_address', 'wishes'], personId, ageBand: '75-84', wishes: null, asOf: at(15),
  clocks: [{ code: 'triage_24_hours', dueAt: '2026-07-02T09:00:00.000000Z', reading: 'elapsed', state: 'running' }],
  story: [
    { sequence: 1, type: 'ConcernReceived', at: at(9), recordedAt: at(9), actor: 'staff-partner-1', account },
    { sequence: 2, type: 'MoreAskedFor', at: at(10), recordedAt: at(10), actor: 'staff-triage-1', what: ['person_address'], message: 'Rang her.' },
  ],
};
const decided = { ...waiting, sequence: 3, status: 'triaged', permitted: ['ReopenConcern', 'TellReferrer', 'RecordReferrerNotTold'], clocks: [], decision: { outcome: 's42_enquiry', decidedAt: at(12) }, feedback: 'owed' };
const person = { id: personId, records: [{ recordId: id, recordKind: 'concern' }, { recordId: '0190c1d2-0000-7000-8000-0000000000c2', recordKind: 'concern' }], identity: { givenName: 'Inventa', familyName: 'Person', birthDate: '1946-05-01' } };
const decision = {
  needs: 'yes', needs_reason: 'frail', risk: 'yes', risk_reason: 'not fed', unable: 'yes', unable_reason: 'bedbound',
  outcome: 's42_enquiry', reason: 'all three', wishes: 'not_asked', wishes_words: 'asleep', sar_referral: 'no',
};

describe('a concern', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let held: object;
  let taken: () => Response;
  let people: () => Response;
  let directory: () => Response;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('triage_officer'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    held = waiting;
    taken = () => Response.json({ id, sequence: 3 });
    people = () => Response.json(person);
    directory = () => Response.json({ items: [{ actsAs: 'staff-triage-2', name: 'A Colleague', roles: [{ role: 'triage_officer' }], status: 'active' }, { actsAs: 'staff-board-1', name: 'A Member', roles: [{ role: 'board_member' }], status: 'active' }], next: null });
    services.mockReset();
    services.mockImplementation(async (input, init) => {
      const { host, pathname } = new URL(String(input));
      if (pathname === '/people/names') return Response.json({ names: [{ id: personId, givenName: 'Inventa', familyName: 'Person' }] });
      if (host === 'people.test') return people();
      if (host === 'directory.test') return directory();
      if (init?.method === 'POST') return taken();
      return pathname === `/concerns/${id}/case` ? Response.json(held) : Response.json({}, { status: 404 });
    });
  });
  const path = (act = '') => `/concerns/${id}${act && `/${act}`}`;
  const sent = () => services.mock.calls.filter(([input, init]) => init?.method === 'POST' && !String(input).endsWith('/people/names')).map(([input, init]) => ({ to: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) as unknown, headers: init!.headers as Record<string, string> }));

  it('is shown with who it is about, what was said, its clocks and its story', async () => {
    const { statusCode, payload } = await site.get(path());
    expect(statusCode).toBe(200);
    for (const text of ['Inventa Person', 'SC-0000-0001', 'She is thin.', 'in danger now', '18 hours left', 'Invented Neighbour', '01632 960001', 'They know, and do not agree. afraid', 'Asked for: where they live', 'Rang her.', '1 May 1946', 'Also of this person: 1 concern.', 'Where they live', 'Nobody yet', 'Since_Monday', 'Not sure', 'Adults and children', 'Speaks Inventish', 'could be dangerous to email or ring them. Mornings only.']) {
      expect(payload).toContain(text);
    }
  });

  it('shows what somebody typed as text', async () => {
    const { payload } = await site.get(path());
    expect(payload).not.toContain('<script>');
    expect(payload).toContain('&lt;script&gt;');
  });

  it('is shown without a name where people is away', async () => {
    people = () => Response.json({}, { status: 503 });
    const { statusCode, payload } = await site.get(path());
    expect([statusCode, payload.includes('The name cannot be had just now'), payload.includes('She is thin.')]).toEqual([200, true, true]);
  });

  it('that an old system told in words alone is shown with them', async () => {
    held = { ...waiting, story: [{ ...waiting.story[0], type: 'ConcernImported', account: 'In words. {' }] };
    expect((await site.get(path())).payload).toContain('In words. {');
  });

  it('offers what can be done next, and leads back from what cannot', async () => {
    const { payload } = await site.get(path());
    expect(payload).toMatch(new RegExp(`href="${path('decide')}"`));
    expect(payload).not.toContain(path('reopen'));
    expect((await site.get(path('reopen'))).headers.location).toBe(path());
  });

  it('is decided on the version that was seen, once for a form; then whoever raised it is told', async () => {
    const reply = await site.send(path('decide'), decision);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${path('tell')}?done=decide`]);
    expect(sent()).toMatchObject([{
      to: `/concerns/${id}/triage`,
      headers: { 'if-match': '"2"', 'idempotency-key': expect.stringMatching(/^[\w-]{36}$/), authorization: 'Bearer of-somebody' },
      body: {
        limbs: { needs: { answer: 'yes', reason: 'frail' }, risk: { answer: 'yes', reason: 'not fed' }, unable: { answer: 'yes', reason: 'bedbound' } },
        outcome: 's42_enquiry', reason: 'all three', furtherRoutes: [], sarReferral: false, wishes: { asked: 'not_asked', words: 'asleep' },
      },
    }]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a question is not answered', { needs: '' }, '#needs'],
    ['one cannot be told yet', { risk: 'cannot_yet_tell' }, '#risk'],
    ['it is not said how one was judged', { unable_reason: ' ' }, '#unable_reason'],
    ['there is no outcome', { outcome: '' }, '#outcome'],
    ['there is no reason', { reason: '' }, '#reason'],
    ['an other enquiry is not explained', { outcome: 'other_enquiry' }, '#other_enquiry_reason'],
    ['it is not said whether it goes to the board', { sar_referral: '' }, '#sar_referral'],
    ['nobody says what the person wants', { wishes: '' }, '#wishes'],
  ])('is not decided where %s, and what was typed stays', async (_why, change, href) => {
    const reply = await site.send(path('decide'), { ...decision, ...change });
    expect(reply.statusCode).toBe(400);
    expect(reply.payload).toContain(`href="${href}"`);
    expect(reply.payload).toContain('>not fed</textarea>');
    expect(sent()).toEqual([]);
  });

  it('says what the rules say, and keeps what was typed', async () => {
    taken = () => Response.json({ status: 409, detail: 'No further action cannot go with another route.', code: 'concern/no-further-action-stands-alone' }, { status: 409 });
    const reply = await site.send(path('decide'), { ...decision, outcome: 'no_further_action', further_routes: 'review' });
    expect(reply.statusCode).toBe(409);
    for (const text of ['No further action cannot go with another route.', 'href="#further_routes"', '>all three</textarea>']) expect(reply.payload).toContain(text);
  });

  it('tells the slower of two what changed, keeps what they typed, and takes it on what there is now', async () => {
    taken = () => {
      held = { ...waiting, sequence: 6, wishes: 'asked_not_expressed' };
      return Response.json({ status: 412, detail: 'changed', sequence: 5, changes: [{ type: 'MoreAnswered', at: at(11), actor: 'staff-triage-2' }] }, { status: 412 });
    };
    const { statusCode, payload } = await site.send(path('decide'), decision);
    expect(statusCode).toBe(412);
    for (const text of ['Somebody else changed this concern', 'A Colleague: More came', '>bedbound</textarea>', '>asleep</textarea>', 'name="seen" value="5"']) expect(payload).toContain(text);
  });

  it('keeps what was typed, and its key, while triage is away', async () => {
    taken = () => Response.json({}, { status: 503 });
    const { statusCode, payload } = await site.send(path('decide'), decision);
    expect(statusCode).toBe(503);
    expect(payload).toContain(`name="key" value="${sent()[0]!.headers['idempotency-key']}"`);
    expect(payload).toContain('>all three</textarea>');
  });

  it('is taken with one button, and given to a colleague', async () => {
    const { payload } = await site.get(path('give'));
    expect([payload.includes('A Colleague'), payload.includes('A Member')]).toEqual([true, false]);
    await site.send(path('give'), { to: 'staff-triage-2' });
    const page = await site.get(path());
    expect(page.payload).toMatch(new RegExp(`action="${path('take')}"[\\s\\S]*name="seen" value="2"[\\s\\S]*Take it`));
    await site.sendFrom(page, path('take'), {});
    expect(sent()).toMatchObject([
      { to: `/concerns/${id}/assign`, body: { to: 'staff-triage-2' } },
      { to: `/concerns/${id}/assign`, body: { to: 'staff-triage-1' }, headers: { 'if-match': '"2"' } },
    ]);
    held = { ...waiting, assignedTo: 'staff-triage-1' };
    expect((await site.get(path())).payload).not.toContain('Take it');
  });

  it('that is decided opens a message to whoever raised it, which says nothing of the person', async () => {
    held = { ...decided, story: [...waiting.story, { sequence: 3, type: 'ConcernTriaged', at: at(12), recordedAt: at(12), actor: 'staff-triage-1', outcome: 's42_enquiry' }] };
    const { payload } = await site.get(path('tell'));
    expect((await site.get(`${path('tell')}?done=decide`)).payload).toContain('The concern is decided.');
    for (const text of ['01632 960001', 'section 42 of the Care Act 2014', 'SC-0000-0001']) expect(payload).toContain(text);
    expect(/<textarea[^>]*id="message"[^>]*>([^<]*)/.exec(payload)?.[1]).not.toMatch(/Inventa|She is thin/);
    await site.send(path('tell'), { told: 'yes', message: 'Thank you.' });
    await site.send(path('tell'), { told: 'no', message: 'Thank you.', reason: 'may be causing the harm' });
    expect(sent().map(({ to, body }) => [to, body])).toEqual([
      [`/concerns/${id}/feedback`, { told: true, message: 'Thank you.' }],
      [`/concerns/${id}/feedback`, { told: false, reason: 'may be causing the harm' }],
    ]);
  });

  it('drafts nothing for somebody who may be causing the harm', async () => {
    held = { ...decided, sourceOfRisk: 'known_to_individual' };
    const { payload } = await site.get(path('tell'));
    expect(payload).toContain('may be causing the harm, or be close to them');
    expect(/<textarea[^>]*id="message"[^>]*>([^<]*)/.exec(payload)?.[1]).toBe('');
  });

  it('says nothing of what did not happen, whatever an address says', async () => expect((await site.get(`${path()}?done=decide`)).payload).not.toContain('is decided'));

  it('is put right where the person turns out to be in danger', async () => {
    await site.send(path('danger'), { danger: 'yes', reason: 'Her neighbour rang.' });
    expect(sent()).toMatchObject([{ to: `/concerns/${id}/correct`, body: { field: 'immediateRisk', value: true, reason: 'Her neighbour rang.' } }]);
  });

  it('asks for what is missing, ticked beforehand', async () => {
    const { payload } = await site.get(path('ask'));
    expect(payload.match(/value="person_address" checked/g)).toHaveLength(1);
    await site.send(path('ask'), { what: 'wishes', words: 'Rang.' });
    expect(sent()[0]).toMatchObject({ to: `/concerns/${id}/ask`, body: { what: ['wishes'], message: 'Rang.' } });
  });

  it.each(['/concerns/nonsense', `/concerns/0190c1d2-0000-7000-8000-0000000000c9`, `/concerns/${id}/nonsense`])('that is not there is not found: %s', async (url) =>
    expect((await site.get(url)).statusCode).toBe(404));

  it('cannot be decided from another site', async () => {
    expect((await site.forge(path('decide'))).statusCode).toBe(403);
    expect(services).not.toHaveBeenCalled();
  });
});

describe('a queue of concerns', () => {
  it('names whom they are about, in one reading that is recorded', async () => {
    const services = jest.fn<typeof fetch>(async (input) => {
      if (String(input) === 'http://people.test/people/names') return Response.json({ names: [{ id: personId, personId, givenName: 'Inventa', familyName: 'Person' }] });
      return Response.json({ items: [{ ...waiting, immediateRisk: 'yes', waitingDays: 0 }], total: 1, page: 1, pageSize: 50, asOf: at(15) });
    });
    const site = await AStaffSite.start({ visitor: visitorAs('triage_officer'), services });
    const { payload } = await site.get('/queues/triage');
    await site.close();
    for (const text of ['Inventa Person', `href="/concerns/${id}"`]) expect(payload).toContain(text);
    expect(services.mock.calls.filter(([input]) => String(input).includes('people.test')).map(([, init]) => JSON.parse(String(init?.body)) as unknown)).toEqual([{ ids: [personId], why: 'queue: Concerns awaiting triage' }]);
  });
});
