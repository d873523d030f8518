import { aCasePage, ACasePage, at, decided, decision, id, waiting } from '../../../test/a-case-page.js';

const sentNorth = { route: 'other_authority', otherAuthority: 'E06000061', decision: 1, sentAt: at(12), state: 'waiting', since: at(12) };
const toNorth = { sequence: 3, type: 'ConcernTriaged', at: at(12), recordedAt: at(12), actor: 'staff-triage-1', decision: 1, outcome: 'other_authority', otherAuthority: { code: 'E06000061', words: null }, reason: 'It happened there.', furtherRoutes: ['quality_team'] };
const routed = { sequence: 4, type: 'ConcernRouted', at: at(12), recordedAt: at(12), actor: 'staff-triage-1', decision: 1, routes: [{ route: 'other_authority', otherAuthority: 'E06000061' }, { route: 'quality_team' }] };
const quality = { ...sentNorth, route: 'quality_team', otherAuthority: null };
const sent = {
  ...decided, sequence: 4, decision: { outcome: 'other_authority', decidedAt: at(12) }, permitted: ['ReopenConcern', 'TellReferrer', 'RecordRouteReceived', 'RecordRouteRefused'],
  routes: [sentNorth, quality], story: [...waiting.story, toNorth, routed],
};
const heard = { at: at(13), recordedAt: at(13), actor: 'staff-triage-2', decision: 1 };
const received = { ...sent, routes: [{ ...sentNorth, state: 'received', since: at(13) }, quality], story: [...sent.story, { ...heard, sequence: 5, type: 'RouteReceived', route: 'other_authority', reference: 'Their duty worker, <N-17>.' }] };
const refused = { ...sent, permitted: ['ReopenConcern', 'RecordRouteReceived'], routes: [{ ...quality, state: 'refused', since: at(13) }], story: [...sent.story, { ...heard, sequence: 5, type: 'RouteRefused', route: 'quality_team', reason: 'Not a service of theirs.' }] };
const leeds = { ...sent, routes: [{ ...sentNorth, otherAuthority: null }], story: [...waiting.story, { ...toNorth, otherAuthority: { code: null, words: 'Leeds' } }, routed] };
const draftOf = (payload: string): string => /<textarea[^>]*id="message"[^>]*>([^]*?)<\/textarea>/.exec(payload)![1]!;

const page = await aCasePage();

describe('a concern that was sent on', () => {
  beforeEach(() => {
    page.held = sent;
  });

  it('shows where to, since when, and that nobody has said they have it, with what to record', async () => {
    const { payload } = await page.get();
    for (const text of ['Sent on', 'North Northamptonshire (another authority)', 'Quality team', 'Sent on 1 July 2026; nobody has said they have it yet', `href="${page.path('has-it-other-authority')}"`, `href="${page.path('refused-quality-team')}"`]) expect(payload).toContain(text);
    expect(payload).toContain('It was sent on to: North Northamptonshire (another authority) and Quality team');
    expect(payload).toContain('Sent on, and nobody has said yet that they have it: North Northamptonshire (another authority) and Quality team. <a class="govuk-link" href="#sent-on">');
    page.held = leeds;
    expect((await page.get()).payload).toContain('Leeds (another authority)');
    page.held = decided;
    expect((await page.get()).payload).not.toContain('id="sent-on"');
  });

  it('shows who has it and who was spoken with, who does not take it and why, and who is not waited for any more', async () => {
    page.held = received;
    const { payload } = await page.get();
    for (const text of ['They have it, since 1 July 2026', 'Their duty worker, &lt;N-17&gt;.', `href="${page.path('refused-other-authority')}"`]) expect(payload).toContain(text);
    expect(payload).not.toContain(`href="${page.path('has-it-other-authority')}"`);
    page.held = refused;
    const again = (await page.get()).payload;
    for (const text of ['They do not take it, 1 July 2026', 'Not a service of theirs.', 'Sent on, and not taken there: Quality team.', 'Open the concern again to decide where it goes', `href="${page.path('has-it-quality-team')}"`]) expect(again).toContain(text);
    page.held = { ...sent, permitted: ['ReopenConcern'], routes: [{ ...quality, state: 'lapsed' }] };
    expect((await page.get()).payload).toContain('Nobody waits for an answer any more: tell them so, if it was passed on');
  });

  it('is said to be had, with whom somebody spoke or without', async () => {
    expect((await page.get('has-it-other-authority')).payload).toContain('They have it: North Northamptonshire (another authority)');
    const reply = await page.send('has-it-other-authority', { reference: 'Their duty worker.' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${page.path()}?done=has-it-other-authority`]);
    await page.send('has-it-quality-team', { reference: '' });
    expect(page.sent()).toMatchObject([{ to: `/concerns/${id}/routes/other_authority/received`, body: { decision: 1, reference: 'Their duty worker.' }, headers: { 'if-match': '"4"' } }, { to: `/concerns/${id}/routes/quality_team/received`, body: { decision: 1 } }]);
    page.held = received;
    expect((await page.site.get(`${page.path()}?done=has-it-other-authority`)).payload).toContain('It is recorded that they have it.');
  });

  it('is said not to be taken, with the reason', async () => {
    const without = await page.send('refused-quality-team', { reason: ' ' });
    expect([without.statusCode, without.payload.includes('Say why they do not take it')]).toEqual([400, true]);
    await page.send('refused-quality-team', { reason: 'Not theirs.' });
    expect(page.sent()).toMatchObject([{ to: `/concerns/${id}/routes/quality_team/refused`, body: { decision: 1, reason: 'Not theirs.' } }]);
  });

  it('is said, once it is decided, to be passed on by whoever decided', async () => {
    page.held = { ...waiting, permitted: ['TriageConcern'] };
    const reply = await page.send('decide', { ...decision, outcome: 'other_authority' });
    page.held = sent;
    const { payload } = await page.site.get(String(reply.headers.location));
    expect(payload).toContain('The concern is decided: Another authority. Caseward does not tell them: pass it on yourself to North Northamptonshire and the quality team, and record on the page of the concern when they have it.');
  });

  it.each([['care_home', 'another council: North Northamptonshire.'], ['self', 'another council: North Northamptonshire.'], ['family_or_friend', 'another council.'], ['other', 'another council.'], [null, 'another council.']])('has its council named to whoever raised it, unless that could tell where somebody lives: %s', async (referrerType, words) => {
    page.held = { ...sent, referrerType, followedBy: 'account' };
    expect(draftOf((await page.get('tell')).payload)).toContain(`It falls to ${words}`);
    page.held = { ...sent, referrerType, followedBy: 'code' };
    expect(draftOf((await page.get('tell')).payload)).toContain('It falls to another council.');
    page.held = { ...sent, referrerType, followedBy: 'account', restriction: { names: ['staff-triage-1'], why: 'domestic_abuse' } };
    expect(draftOf((await page.get('tell')).payload)).toContain('It falls to another council.');
  });
});

describe('the list of what was sent on', () => {
  it('says where to, since when and what they say, and keeps it where somebody has yet to decide it again', async () => {
    const page = await ACasePage.start();
    const item = { id, reference: 'SC-0000-0001', authority: 'E06000062', personId: null, decision: 1, sentAt: at(12), refusedAt: null, waitingDays: 3, otherAuthority: null };
    page.services.mockImplementation(async (input) =>
      new URL(String(input)).pathname === '/routes-awaited'
        ? Response.json({ items: [{ ...item, route: 'other_authority', otherAuthority: 'E06000061' }, { ...item, route: 'quality_team', refusedAt: at(13) }], total: 3, oldestDays: 3, page: 1, pageSize: 50, asOf: at(15) })
        : Response.json({ items: [], names: [], next: null }),
    );
    const { payload } = await page.site.get('/queues/sent-on');
    await page.close();
    for (const text of ['Sent on, and nobody has said they have it', '3 answers are awaited from those to whom concerns were sent, in West Northamptonshire; the oldest has waited 3 days.', 'North Northamptonshire (another authority)', 'Quality team', 'They do not take it', 'Nothing yet', `href="/concerns/${id}"`]) expect(payload).toContain(text);
  });
});
