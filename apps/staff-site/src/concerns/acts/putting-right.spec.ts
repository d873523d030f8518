import { ACasePage, at, waiting } from '../../../test/a-case-page.js';

describe('putting a concern right', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => page.begin());

  it('is offered beside what it says', async () => {
    const { payload } = await page.get();
    for (const act of ['correct-received', 'correct-channel', 'correct-referrer', 'correct-abuse', 'correct-location', 'correct-source', 'correct-allegations', 'danger']) {
      expect(payload).toMatch(new RegExp(`href="${page.path(act)}"[^>]*>\\s*Change<span class="govuk-visually-hidden">`));
    }
    page.held = { ...waiting, permitted: [] };
    expect((await page.get()).payload).not.toContain('Change<span');
  });

  it.each<[string, Record<string, string | string[]>, object]>([
    ['correct-channel', { value: 'telephone' }, { field: 'channel', value: 'telephone' }],
    ['correct-channel', { value: 'not_known' }, { field: 'channel', value: null }],
    ['correct-referrer', { value: 'police' }, { field: 'referrerType', value: 'police' }],
    ['correct-abuse', { value: ['physical', 'sexual'] }, { field: 'abuseTypes', value: ['physical', 'sexual'] }],
    ['correct-abuse', {}, { field: 'abuseTypes', value: [] }],
    ['correct-location', { value: 'own_home' }, { field: 'locationType', value: 'own_home' }],
    ['correct-source', { value: 'service_provider' }, { field: 'sourceOfRisk', value: 'service_provider' }],
    ['correct-allegations', { kind: ['domestic', '', 'psychological'], source: ['known_to_individual', '', ''], place: ['own_home', '', ''] }, { field: 'otherAllegations', value: [{ abuseType: 'domestic', sourceOfRisk: 'known_to_individual', locationType: 'own_home' }, { abuseType: 'psychological', sourceOfRisk: null, locationType: null }] }],
    ['correct-allegations', { kind: ['', '', ''], source: ['', '', ''], place: ['', '', ''] }, { field: 'otherAllegations', value: [] }],
    ['correct-allegations', { kind: ['', '', ''], source: ['', 'service_provider', ''], place: ['', '', ''] }, { field: 'otherAllegations', value: [{ abuseType: null, sourceOfRisk: 'service_provider', locationType: null }] }],
    ['correct-received', { day: '2026-06-30', time: '23:30' }, { field: 'receivedAt', value: '2026-06-30T22:30:00Z' }],
    ['correct-received', { day: '2026-07-01', time: '10:00' }, { field: 'receivedAt', value: at(9) }],
  ])('is done with a reason: %s %j', async (act, fields, body) => {
    const reply = await page.send(act, { ...fields, reason: 'A slip.' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${page.path()}?done=${act}`]);
    expect(page.sent()).toMatchObject([{ to: page.path('correct'), headers: { 'if-match': '"2"' }, body: { ...body, reason: 'A slip.' } }]);
  });

  it.each<[string, Record<string, string | string[]>, string]>([
    ['correct-allegations', { kind: ['witchcraft'], source: [''], place: [''], reason: 'x' }, '#kind-1'],
    ['correct-channel', { value: 'telephone' }, '#reason'],
    ['correct-channel', { value: 'pigeon', reason: 'x' }, '#value'],
    ['correct-received', { day: '2026-02-30', time: '10:00', reason: 'x' }, '#day'],
    ['correct-received', { day: '2026-06-30', time: '', reason: 'x' }, '#day'],
  ])('is not done half: %s %j', async (act, fields, href) => {
    const reply = await page.send(act, fields);
    expect([reply.statusCode, reply.payload.includes(`href="${href}"`), page.sent()]).toEqual([400, true, []]);
  });

  it('opens with what is recorded', async () => {
    expect((await page.get('correct-abuse')).payload).toContain('value="self_neglect" checked');
    expect((await page.get('correct-location')).payload).toContain('value="not_known" checked');
    expect((await page.get('correct-received')).payload).toMatch(/value="2026-07-01"[^]*value="10:00"/);
  });

  it('shows what is alleged besides in lines of its own, where it is judged too, and keeps every row of it in the form', async () => {
    const other = { abuseType: 'financial_or_material', sourceOfRisk: 'known_to_individual', locationType: 'own_home' };
    const lines = (payload: string) => [...payload.matchAll(/Also alleged\s*<\/dt>\s*<dd[^>]*>\s*([^<]*?)\s*</g)].map(([, line]) => line);
    const rows = (payload: string) => [payload.match(/<select[^>]*name="kind"/g)?.length, payload.match(/value="financial_or_material" selected/g)?.length ?? 0];
    expect([lines((await page.get()).payload), lines((await page.get('decide')).payload), rows((await page.get('correct-allegations')).payload)]).toEqual([['Nothing else'], [], [3, 0]]);
    page.held = { ...waiting, otherAllegations: [other, { abuseType: 'self_neglect', sourceOfRisk: null, locationType: null }] };
    const both = ['Financial or material abuse, by somebody known to them, at home', 'Self neglect'];
    expect([lines((await page.get()).payload), lines((await page.get('decide')).payload), rows((await page.get('correct-allegations')).payload)]).toEqual([both, both, [3, 1]]);
    for (const [many, shown] of [[3, 4], [5, 6], [9, 9]] as const) {
      page.held = { ...waiting, otherAllegations: Array.from({ length: many }, () => other) };
      expect(rows((await page.get('correct-allegations')).payload)).toEqual([shown, many]);
    }
  });

  it('stands in the story with what it came to', async () => {
    const corrected = (sequence: number, field: string, value: unknown) => ({ sequence, type: 'ConcernCorrected', at: at(11), recordedAt: at(11), actor: 'staff-triage-2', correction: { field, value }, reason: 'A slip.' });
    page.held = { ...waiting, story: [...waiting.story, corrected(3, 'abuseTypes', ['physical', 'sexual']), corrected(4, 'receivedAt', at(8)), corrected(5, 'channel', null), corrected(6, 'otherAllegations', [{ abuseType: 'domestic', sourceOfRisk: 'unknown_to_individual', locationType: null }]), corrected(7, 'otherAllegations', [])] };
    const { payload } = await page.get();
    for (const text of ['Physical; sexual', '1 July 2026, 9:00am', 'Put right: channel', 'Put right: other allegations', 'Domestic abuse, by somebody unknown to them', 'Nothing else']) expect(payload).toContain(text);
  });
});

describe('a concern that should never have been recorded', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => page.begin());
  const proposedBy = (by: string) => ({
    ...waiting, sequence: 3, permitted: ['ConfirmEnteredInError', 'DeclineEnteredInError'], errorProposedBy: by,
    story: [...waiting.story, { sequence: 3, type: 'EnteredInErrorProposed', at: at(11), recordedAt: at(11), actor: by, reason: 'The same form twice.' }],
  });

  it('is said to be so with a reason', async () => {
    await page.send('error', { reason: 'The same form twice.' });
    expect(page.sent()).toMatchObject([{ to: page.path('entered-in-error/propose'), body: { reason: 'The same form twice.' } }]);
    expect((await page.send('error', {})).payload).toContain('href="#reason"');
  });

  it('is confirmed by a colleague, who sees why', async () => {
    page.held = proposedBy('staff-triage-2');
    const { payload } = await page.get();
    for (const text of ['A Colleague says that this should never have been recorded: The same form twice.', page.path('error-confirm'), page.path('error-decline')]) expect(payload).toContain(text);
    expect(payload).not.toContain(`"${page.path('error')}"`);
    expect((await page.get('error-confirm')).payload).toContain('The same form twice.');
    await page.send('error-confirm', {});
    expect(page.sent()).toMatchObject([{ to: page.path('entered-in-error/confirm'), body: {}, headers: { 'if-match': '"3"' } }]);
  });

  it('is not confirmed by whoever said so, and they can take it back', async () => {
    page.held = proposedBy('staff-triage-1');
    const { payload } = await page.get();
    expect(payload).toContain('You said that this should never');
    expect(payload).not.toContain(page.path('error-confirm'));
    await page.send('error-decline', { reason: 'It is another person.' });
    expect(page.sent()).toMatchObject([{ to: page.path('entered-in-error/decline'), body: { reason: 'It is another person.' } }]);
  });

  it('is answered with the rule where a second person is needed', async () => {
    page.held = proposedBy('staff-triage-2');
    page.taken = () => Response.json({ status: 409, detail: 'A colleague has to confirm it.', code: 'concern/second-person-required' }, { status: 409 });
    const { statusCode, payload } = await page.send('error-confirm', {});
    expect([statusCode, payload.includes('A colleague has to confirm it.')]).toEqual([409, true]);
  });
});
