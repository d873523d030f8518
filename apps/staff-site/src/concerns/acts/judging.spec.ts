import { ACasePage, at, decision, waiting } from '../../../test/a-case-page.js';

const { outcome: _outcome, reason: _reason, sar_referral: _referral, ...soFar } = decision;
const limb = (answer: string | null, reason: string | null) => ({ answer, reason });
const considered = {
  sequence: 3, type: 'LimbsConsidered', at: at(14), recordedAt: at(14), actor: 'staff-triage-2',
  limbs: { needs: limb('yes', 'frail'), risk: limb('cannot_yet_tell', 'nobody saw her'), unable: limb(null, null) },
  circumstances: {
    protection: { answer: 'taken', words: 'A neighbour stays' }, mentalCapacity: null,
    consent: { answer: 'refused_overridden', ground: 'others_at_risk', words: 'Her sister lives there' },
    advocacy: { difficulties: ['weigh', 'communicate'], support: 'appropriate_person', words: 'Her niece' },
  },
};

describe('judging a concern', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => page.begin());

  it.each<[string, Record<string, string | string[]>, string]>([
    ['what was done at once is not said', { protection: '' }, '#protection'],
    ['why nothing was done yet is not said', { protection: 'not_taken', protection_words: '' }, '#protection_words'],
    ['capacity is not said', { capacity: '' }, '#capacity'],
    ['how they lack capacity is not said', { capacity: 'lacks_capacity', capacity_words: ' ' }, '#capacity_words'],
    ['consent is not said', { consent: '' }, '#consent'],
    ['a refusal is overridden on no ground', { consent: 'refused_overridden', consent_words: 'x' }, '#consent_ground'],
    ['a refusal is overridden without words', { consent: 'refused_overridden', consent_ground: 'coercion' }, '#consent_words'],
    ['who helps them is not said', { support: '' }, '#support'],
    ['they have a difficulty and nobody', { difficulties: ['weigh'] }, '#support'],
    ['they have help and no difficulty', { support: 's68_advocate' }, '#difficulties'],
    ['the appropriate person is not named', { difficulties: ['weigh', 'retain'], support: 'appropriate_person' }, '#support_words'],
  ])('is not decided where %s, and what was typed stays', async (_why, change, href) => {
    const reply = await page.send('decide', { ...decision, ...change });
    expect([reply.statusCode, page.sent()]).toEqual([400, []]);
    expect(reply.payload).toContain(`href="${href}"`);
    expect(reply.payload).toContain('>not fed</textarea>');
  });

  it('lists what is missing in the order of the page, each at a field that is there', async () => {
    const { payload } = await page.send('decide', {});
    const missing = [...payload.matchAll(/<li>\s*<a href="#(\w+)"/g)].map(([, field]) => field);
    expect(missing).toEqual(['protection', 'needs', 'needs_reason', 'risk', 'risk_reason', 'unable', 'unable_reason', 'wishes', 'capacity', 'consent', 'support', 'outcome', 'reason', 'sar_referral']);
    const places = missing.map((field) => payload.indexOf(` id="${field}"`));
    expect(places.every((place, index) => place > (places[index - 1] ?? 0))).toBe(true);
  });

  it('sends a ground with a refusal that is overridden alone, and no support that nobody knows yet', async () => {
    await page.send('decide', { ...decision, consent: 'refused_overridden', consent_ground: 'serious_harm', consent_words: 'He chokes her', difficulties: ['weigh', 'retain'], support: 's68_advocate' });
    await page.send('decide', { ...decision, consent: 'given', consent_ground: 'serious_harm', support: 'not_known' });
    expect(page.sent().map(({ body }) => (body as { circumstances: object }).circumstances)).toMatchObject([
      { consent: { answer: 'refused_overridden', ground: 'serious_harm', words: 'He chokes her' }, advocacy: { difficulties: ['weigh', 'retain'], support: 's68_advocate' } },
      { consent: { answer: 'given' } },
    ]);
    expect(page.sent()[1]!.body).not.toHaveProperty('circumstances.advocacy');
    expect(page.sent()[1]!.body).not.toHaveProperty('circumstances.consent.ground');
  });

  it('says what a rule says at the field it is about', async () => {
    page.taken = () => Response.json({ status: 409, detail: 'Somebody who lacks capacity can neither agree nor refuse.', code: 'concern/consent-contradicts-capacity' }, { status: 409 });
    const { statusCode, payload } = await page.send('decide', { ...decision, capacity: 'lacks_capacity', consent: 'given' });
    expect([statusCode, payload.includes('href="#consent"')]).toEqual([409, true]);
  });

  it('is kept for now with what can be told, and the rest is asked for', async () => {
    const reply = await page.sendAs('decide', 'consider', { ...soFar, risk: 'cannot_yet_tell', risk_reason: 'nobody saw her', unable: '', unable_reason: '', ask: ['when_it_happened', 'consent'], ask_words: 'Rang the home.' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${page.path()}?done=consider`]);
    expect(page.sent()).toMatchObject([{
      to: page.path('consider'), headers: { 'if-match': '"2"' },
      body: {
        limbs: { needs: { answer: 'yes', reason: 'frail' }, risk: { answer: 'cannot_yet_tell', reason: 'nobody saw her' }, unable: {} },
        circumstances: { protection: { answer: 'taken', words: 'fed' } }, wishes: { asked: 'not_asked', words: 'asleep' },
        ask: { what: ['when_it_happened', 'consent'], message: 'Rang the home.' },
      },
    }]);
  });

  it.each<[Record<string, string>, string]>([
    [{ needs: 'cannot_yet_tell' }, '#needs_reason'],
    [{ unable_reason: 'bedbound' }, '#unable'],
    [{ wishes: 'not_asked' }, '#wishes_words'],
    [{ ask_words: 'Rang.' }, '#ask'],
    [{ protection: 'taken' }, '#protection_words'],
  ])('is not kept with half an answer: %j', async (fields, href) => {
    const reply = await page.sendAs('decide', 'consider', fields);
    expect([reply.statusCode, reply.payload.includes(`href="${href}"`), page.sent()]).toEqual([400, true, []]);
  });

  it('begins with what was kept, which the page of the concern shows', async () => {
    page.held = { ...waiting, sequence: 3, story: [...waiting.story, considered] };
    const form = (await page.get('decide')).payload;
    for (const text of ['>frail</textarea>', '>nobody saw her</textarea>', '>Her niece</textarea>', 'What was kept on 1 July 2026, 3:00pm is filled in', 'value="others_at_risk" selected']) expect(form).toContain(text);
    for (const [name, value] of [['needs', 'yes'], ['risk', 'cannot_yet_tell'], ['protection', 'taken'], ['difficulties', 'weigh'], ['support', 'appropriate_person']]) {
      expect(form).toMatch(new RegExp(`name="${name}"[^>]*value="${value}" checked`));
    }
    const { payload } = await page.get();
    for (const text of ['Judged so far', 'A Colleague', 'Cannot yet tell. nobody saw her', 'Difficulty with using or weighing it; saying what they think, want and feel. An appropriate person. Her niece', 'Judged so far, and not decided']) expect(payload).toContain(text);
  });

  it('begins with nothing again once it was decided', async () => {
    const triaged = { ...considered, sequence: 4, type: 'ConcernTriaged', outcome: 's42_enquiry', sarReferral: true, decidedBy: 'staff-triage-2' };
    page.held = { ...waiting, sequence: 5, story: [...waiting.story, considered, triaged, { ...triaged, sequence: 5, type: 'ConcernReopened' }] };
    expect((await page.get('decide')).payload).not.toContain('>frail</textarea>');
    const { payload } = await page.get();
    expect(payload).toContain('Yes, by A Colleague');
    expect(payload).not.toContain('Nothing is decided yet.');
  });
});
