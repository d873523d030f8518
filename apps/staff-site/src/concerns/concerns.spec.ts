import { jest } from '@jest/globals';
import { ACasePage, aCasePage, at, decided, decision, id, personId, waiting } from '../../test/a-case-page.js';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const page = await aCasePage();

describe('a concern', () => {
  it('is shown with who it is about, what was said, its clocks and its story', async () => {
    const { statusCode, payload } = await page.get();
    expect(statusCode).toBe(200);
    for (const text of ['Inventa Person', 'SC-0000-0001', 'She is thin.', 'in danger now', '18 hours left', 'Invented Neighbour', '01632 960001', 'They know, and do not agree. afraid', 'Asked for: where they live', 'Rang her.', '1 May 1946', 'Also of this person: 1 concern.', 'Where they live', 'Nobody yet', 'Since_Monday', 'Not sure', 'Adults and children', 'Speaks Inventish', 'could be dangerous to email or ring them. How and when, in their words: Mornings only.']) {
      expect(payload).toContain(text);
    }
  });

  it('lists what is missing to be chased, and once it is decided as what was never learnt', async () => {
    const lists = async (held: object) => {
      page.held = { ...waiting, ...held };
      const { payload } = await page.get();
      return ['Still missing', 'Never learnt', 'nobody has to chase them', 'Where they live'].map((text) => payload.includes(text));
    };
    expect(await lists({})).toEqual([true, false, false, true]);
    expect(await lists(decided)).toEqual([false, true, true, true]);
    // Opened again it is asked for again.
    expect(await lists({ sequence: 4 })).toEqual([true, false, false, true]);
    expect(await lists({ status: 'entered-in-error', permitted: [] })).toEqual([false, false, false, false]);
    expect(await lists({ ...decided, missing: [] })).toEqual([false, false, false, false]);
  });

  it('says that the council’s area was not known, and what the person wants in their words', async () => {
    const said = (more: object) => ({ ...waiting.story[0]!, account: JSON.stringify({ worry: 'She is thin.', ...more }) });
    page.held = { ...waiting, missing: ['area', 'wishes'], wishes: null, story: [said({ wishes: { asked: 'asked_and_expressed' }, details: { area: 'not_sure' } })] };
    const { payload } = await page.get();
    for (const text of ['Whoever raised it was not sure which council’s area it is', 'Which council’s area they live in', 'Asked, and said what they want. What that is was not said']) expect(payload).toContain(text);
    const recorded = { sequence: 2, type: 'WishesRecorded', at: at(11), actor: waiting.story[0]!.actor, wishes: { answer: 'asked_and_expressed', words: 'To stay where I am.' } };
    page.held = { ...waiting, wishes: 'asked_and_expressed', story: [said({}), recorded] };
    expect((await page.get()).payload).toContain('Asked, and said what they want: To stay where I am.');
  });

  it('shows what somebody typed as text', async () => {
    const { payload } = await page.get();
    expect(payload).not.toContain('<script>');
    expect(payload).toContain('&lt;script&gt;');
  });

  it('is shown without a name where people is away', async () => {
    page.people = () => Response.json({}, { status: 503 });
    const { statusCode, payload } = await page.get();
    expect([statusCode, payload.includes('She is thin.'), /<h1[^>]*>([^<]*)/.exec(payload)?.[1]]).toEqual([200, true, 'Concern SC-0000-0001']);
    expect(payload.match(/Who they are cannot be shown just now: [^<]* Everything else on this page is whole. <a[^>]*href="([^"]*)">Load it again/)?.[1]).toBe(page.path());
    expect(payload.match(/cannot be (shown|had) just now/g)).toHaveLength(1);
    page.people = () => Response.json({ id: personId, records: [], identity: { givenName: 'Inventa' } });
    // Of the person it answers, and not of who is like them.
    const half = (await page.get()).payload;
    expect([half.includes('>Inventa</h1>'), half.includes('Whether they are likely the same person as somebody else cannot be shown just now.')]).toEqual([true, true]);
  });

  it('leads to everything held about its person, for whoever may make that', async () => {
    const keepers = await ACasePage.start('data_manager');
    keepers.begin();
    const { payload } = await keepers.get();
    await keepers.close();
    for (const text of ['action="/subject-access/of"', 'name="reference" value="SC-0000-0001"']) expect(payload).toContain(text);
    expect((await page.get()).payload).not.toContain('subject-access');
  });

  it('says in years how old they were where it is known when they were born, else as it was told', async () => {
    const age = async () => /Age then\s*<\/dt>\s*<dd[^>]*>\s*([^<]*?)\s*</.exec((await page.get()).payload)?.[1];
    expect(await age()).toBe('80');
    page.people = () => Response.json({ id: personId, records: [], identity: { givenName: 'Inventa' } });
    expect(await age()).toBe('75-84');
  });

  it('says at the top that a colleague has it, there and over the form, and has it taken over by a form alone', async () => {
    page.held = { ...waiting, assignedTo: 'staff-triage-2' };
    const { payload } = await page.get();
    for (const text of ['A Colleague has this concern.', `href="${page.path('take')}"`, 'Take it over from A Colleague', `href="${page.path('decide')}"`]) expect(payload).toContain(text);
    expect(payload).not.toContain(`action="${page.path('take')}"`);
    const deciding = (await page.get('decide')).payload;
    expect([deciding.includes('A Colleague has this concern.'), deciding.includes('Decide</button>') || deciding.includes('>\n  Decide\n')]).toEqual([true, true]);
    const asked = await page.get('take');
    for (const text of ['A Colleague has this concern.', 'Take it over from A Colleague', 'Take it over', `action="${page.path('take')}"`]) expect(asked.payload).toContain(text);
    await page.site.sendFrom(asked, page.path('take'), {});
    expect(page.sent()).toMatchObject([{ to: `/concerns/${id}/assign`, body: { to: 'staff-triage-1' } }]);
    page.held = { ...waiting, assignedTo: 'staff-triage-1' };
    for (const act of ['', 'decide']) expect((await page.get(act)).payload).not.toContain('has this concern.');
    page.held = { ...decided, assignedTo: 'staff-triage-2' };
    expect((await page.get()).payload).not.toContain('has this concern.');
  });

  it('does not call somebody matched who was only recorded', async () => {
    page.held = { ...waiting, story: [...waiting.story, { sequence: 3, type: 'PersonIdentified', at: at(11), actor: null }] };
    const { payload } = await page.get();
    expect([payload.includes('Who it is about was recorded'), payload.includes('matched with a person')]).toEqual([true, false]);
  });

  it('that an old system told in words alone is shown with them', async () => {
    page.held = { ...waiting, story: [{ ...waiting.story[0], type: 'ConcernImported', account: 'In words. {' }] };
    expect((await page.get()).payload).toContain('In words. {');
  });

  it('says that somebody worried about the same person before, and what became of it', async () => {
    const other = (n: number, receivedAt: string, outcome: string | null) => ({ id: `0190c1d2-0000-7000-8000-0000000000c${n}`, reference: `SC-000${n}`, receivedAt, status: outcome ? 'triaged' : 'awaiting-triage', outcome });
    page.held = { ...waiting, aboutThem: [other(3, at(12), null), other(2, '2026-03-01T09:00:00.000000Z', 'quality_team')] };
    const { payload } = await page.get();
    for (const text of ['Raised again: 1 concern about the same person', 'SC-0003, 1 July 2026: awaiting triage', 'SC-0002, 1 March 2026: Quality team', 'href="/concerns/0190c1d2-0000-7000-8000-0000000000c2"']) expect(payload).toContain(text);
    expect(payload).not.toContain('Older concern');
    page.held = waiting;
    const alone = (await page.get()).payload;
    expect([alone.includes('Raised again'), alone.includes('Older concern 1')]).toEqual([false, true]);
  });

  it('says that there is no other only where none is known here, also of those that an import brought', async () => {
    page.people = () => Response.json({ id: personId, sequence: 4, records: [], identity: { givenName: 'Inventa' } });
    page.held = { ...waiting, aboutThem: [], aboutThemInAll: 2 };
    const { payload } = await page.get();
    expect([payload.includes('Also of this person: 2 concerns.'), payload.includes('No other concern')]).toEqual([true, false]);
    page.held = waiting;
    expect((await page.get()).payload).toContain('No other concern of this person is known in this council.');
  });

  it('offers what can be done next, and leads back from what cannot', async () => {
    const { payload } = await page.get();
    expect(payload).toMatch(new RegExp(`href="${page.path('decide')}"`));
    expect(payload).not.toContain(page.path('reopen'));
    expect((await page.get('reopen')).headers.location).toBe(page.path());
  });

  it('is decided on the version that was seen, once for a form; then whoever raised it is told', async () => {
    const reply = await page.send('decide', decision);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${page.path('tell')}?done=decide`]);
    expect(page.sent()).toMatchObject([{
      to: `/concerns/${id}/triage`,
      headers: { 'if-match': '"2"', 'idempotency-key': expect.stringMatching(/^[\w-]{36}$/), authorization: 'Bearer of-somebody' },
      body: {
        limbs: { needs: { answer: 'yes', reason: 'frail' }, risk: { answer: 'yes', reason: 'not fed' }, unable: { answer: 'yes', reason: 'bedbound' } },
        outcome: 's42_enquiry', reason: 'all three', furtherRoutes: [], sarReferral: false, wishes: { asked: 'not_asked', words: 'asleep' },
        circumstances: {
          protection: { answer: 'taken', words: 'fed' }, mentalCapacity: { answer: 'not_assessed', words: 'asleep too' },
          consent: { answer: 'not_asked_unable' }, advocacy: { difficulties: [], support: 'not_needed' },
        },
      },
    }]);
  });

  it.each([[true, 'Yes, by A Colleague'], [false, 'No, by A Colleague']])('says whether it was referred for a Safeguarding Adult Review, and by whom: %s', async (sarReferral, words) => {
    page.held = { ...waiting, story: [...waiting.story, { sequence: 3, type: 'ConcernTriaged', at: at(11), actor: 'staff-triage-2', decidedBy: 'staff-triage-2', outcome: 'no_further_action', sarReferral }] };
    expect((await page.get()).payload).toMatch(new RegExp(`Safeguarding Adult Review[^]{0,200}${words}`));
  });

  it('is taken with one button, and given to a colleague', async () => {
    const { payload } = await page.get('give');
    expect([payload.includes('A Colleague'), payload.includes('A Member')]).toEqual([true, false]);
    await page.send('give', { to: 'staff-triage-2' });
    const opened = await page.get();
    expect(opened.payload).toMatch(new RegExp(`action="${page.path('take')}"[\\s\\S]*name="seen" value="2"[\\s\\S]*Take it`));
    await page.site.sendFrom(opened, page.path('take'), {});
    expect(page.sent()).toMatchObject([
      { to: `/concerns/${id}/assign`, body: { to: 'staff-triage-2' } },
      { to: `/concerns/${id}/assign`, body: { to: 'staff-triage-1' }, headers: { 'if-match': '"2"' } },
    ]);
    page.held = { ...waiting, assignedTo: 'staff-triage-1' };
    expect((await page.get()).payload).not.toContain('Take it');
  });

  it('that is decided opens a message to whoever raised it, which says nothing of the person', async () => {
    page.held = { ...decided, story: [...waiting.story, { sequence: 3, type: 'ConcernTriaged', at: at(12), recordedAt: at(12), actor: 'staff-triage-1', outcome: 's42_enquiry' }] };
    const { payload } = await page.get('tell');
    expect((await page.site.get(`${page.path('tell')}?done=decide`)).payload).toContain('The concern is decided: Section 42 enquiry.');
    for (const text of ['01632 960001', 'section 42 of the Care Act 2014', 'SC-0000-0001']) expect(payload).toContain(text);
    expect(/<textarea[^>]*id="message"[^>]*>([^<]*)/.exec(payload)?.[1]).not.toMatch(/Inventa|She is thin/);
    await page.send('tell', { told: 'yes', message: 'Thank you.' });
    await page.send('tell', { told: 'no', message: 'Thank you.', reason: 'may be causing the harm' });
    expect(page.sent().map(({ to, body }) => [to, body])).toEqual([
      [`/concerns/${id}/feedback`, { told: true, message: 'Thank you.' }],
      [`/concerns/${id}/feedback`, { told: false, reason: 'may be causing the harm' }],
    ]);
  });

  it('drafts nothing for somebody who may be causing the harm', async () => {
    page.held = { ...decided, sourceOfRisk: 'known_to_individual', mayBeSource: true };
    const { payload } = await page.get('tell');
    expect(payload).toContain('may be causing the harm, or be close to them');
    expect(/<textarea[^>]*id="message"[^>]*>([^<]*)/.exec(payload)?.[1]).toBe('');
  });

  it('says while it is open where to ask whether it changed, and that it did', async () => {
    expect((await page.get()).payload).toContain(`data-live="${page.path('now')}?since=${encodeURIComponent(at(15))}" data-state="2" data-live-says`);
    const asked = async (state: number) => page.site.get(`${page.path('now')}?state=${state}`);
    page.services.mockImplementation(async () => Response.json({ sequence: 3 }));
    const [changed, still] = [await asked(2), await asked(3)];
    expect([changed.statusCode, changed.payload, still.statusCode, still.payload]).toEqual([200, 'This concern changed since you opened this page.', 204, '']);
  });

  it('shows two who work on it each other: who opened it before, and who did since', async () => {
    page.held = { ...waiting, openedBy: [{ id: 'staff-triage-2', at: at(14) }] };
    for (const path of ['', 'decide']) expect((await page.get(path)).payload).toContain('Opened by A Colleague 1 hour ago: they may be working on it.');
    const asked = async (since: string) => page.site.get(`${page.path('now')}?state=2&since=${encodeURIComponent(since)}`);
    const { openedBy } = page.held as typeof waiting & { openedBy: object[] };
    const before = page.services.getMockImplementation()!;
    page.services.mockImplementation(async (input, init) => (String(input).includes('/version') ? Response.json({ sequence: 2, openedBy }) : before(input, init)));
    const [after, earlier] = [await asked(at(13)), await asked(at(15))];
    expect([after.payload, earlier.statusCode]).toEqual(['A Colleague opened this concern after you.', 204]);
  });

  it('says nothing of what did not happen, whatever an address says', async () => expect((await page.site.get(`${page.path()}?done=decide`)).payload).not.toContain('is decided'));

  it('that was looked at twice with different outcomes says so over everything, until it is opened again', async () => {
    const entry = (sequence: number, type: string, outcome?: string) => ({ sequence, type, at: at(10 + sequence), recordedAt: at(10 + sequence), actor: 'staff-triage-2', ...(outcome && { outcome }) });
    const story = (second: string) => [...waiting.story, entry(3, 'ConcernTriaged', 'no_further_action'), entry(4, 'SecondLookDrawn'), entry(5, 'SecondLookGiven', second)];
    page.held = { ...decided, story: story('s42_enquiry') };
    const text = 'A second look came to “Section 42 enquiry”; this was decided as “No further action”. The first decision stands until somebody opens the concern again.';
    expect((await page.get()).payload).toContain(text);
    for (const held of [{ ...decided, story: story('no_further_action') }, { ...waiting, story: [...story('s42_enquiry'), entry(6, 'ConcernReopened')] }]) {
      page.held = held;
      expect((await page.get()).payload).not.toContain('The first decision stands');
    }
  });

  it.each(['/concerns/nonsense', `/concerns/0190c1d2-0000-7000-8000-0000000000c9`, `/concerns/${id}/nonsense`])('that is not there is not found: %s', async (url) =>
    expect((await page.site.get(url)).statusCode).toBe(404));

  it('cannot be decided from another site', async () => {
    expect((await page.site.forge(page.path('decide'))).statusCode).toBe(403);
    expect(page.services).not.toHaveBeenCalled();
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
