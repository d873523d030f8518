import { ACasePage, at, decision, waiting } from '../../../test/a-case-page.js';

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
    ['what was done at once is written of without an answer', { protection: '' }, '#protection'],
    ['capacity is', { capacity: '' }, '#capacity'],
    ['consent is', { consent: '', consent_words: 'She nodded' }, '#consent'],
    ['a ground is chosen without one', { consent: '', consent_ground: 'coercion' }, '#consent'],
    ['what they want is', { wishes: '' }, '#wishes'],
    ['how they take part is', { support: '', support_words: 'Her niece' }, '#support'],
    ['a difficulty is ticked without one', { support: '', difficulties: ['weigh'] }, '#support'],
  ])('is sent by neither button where %s, and what was typed stays', async (_why, change, href) => {
    for (const act of ['decide', 'consider']) {
      const reply = await page.sendAs('decide', act, { ...decision, ...change });
      expect([reply.statusCode, page.sent()]).toEqual([400, []]);
      for (const text of [`href="${href}"`, '>not fed</textarea>']) expect(reply.payload).toContain(text);
    }
  });

  it.each([{ ask: 'consent' }, { ask_words: 'Rang her.' }])('is not decided where something is asked for at the same time, since that would be lost: %j', async (change) => {
    const { statusCode, payload } = await page.send('decide', { ...decision, ...change });
    expect([statusCode, payload.includes('href="#ask"'), page.sent()]).toEqual([400, true, []]);
    expect(payload).toMatch(/<details[^>]* open/);
  });

  it('lists all that the rules refuse in the order of the page, each at a field that is there', async () => {
    const codes = ['protection-required', 'limb-answer-required needs', 'limb-reason-required needs', 'limb-undecided risk', 'limb-reason-required unable', 'wishes-required', 'capacity-required', 'consent-required', 'advocacy-required', 'outcome-required', 'reason-required', 'sar-referral-required'];
    const refusals = codes.map((one) => ({ code: `concern/${one.split(' ')[0]}`, about: one.split(' ')[1], detail: `Refused: ${one}` }));
    page.taken = () => Response.json({ status: 409, ...refusals[0], refusals }, { status: 409 });
    const { statusCode, payload } = await page.send('decide', {});
    const missing = [...payload.matchAll(/<li>\s*<a href="#(\w+)"/g)].map(([, field]) => field);
    expect([statusCode, missing]).toEqual([409, ['protection', 'needs', 'needs_reason', 'risk', 'unable_reason', 'wishes', 'capacity', 'consent', 'support', 'outcome', 'reason', 'sar_referral']]);
    const places = missing.map((field) => payload.indexOf(` id="${field}"`));
    expect(places.every((place, index) => place > (places[index - 1] ?? 0))).toBe(true);
    expect(payload).toContain('Refused: limb-undecided risk');
  });

  it('sends what was said of the person as it is, also that it is not known', async () => {
    await page.send('decide', { ...decision, consent: 'refused_overridden', consent_ground: 'serious_harm', consent_words: 'He chokes her', difficulties: ['weigh', 'retain'], support: 's68_advocate' });
    await page.send('decide', { ...decision, consent: 'given', consent_ground: 'serious_harm', support: 'not_known', support_words: 'The home will ring' });
    expect(page.sent().map(({ body }) => (body as { circumstances: object }).circumstances)).toMatchObject([
      { consent: { answer: 'refused_overridden', ground: 'serious_harm', words: 'He chokes her' }, advocacy: { difficulties: ['weigh', 'retain'], support: 's68_advocate' } },
      { consent: { answer: 'given', ground: 'serious_harm' }, advocacy: { difficulties: [], support: 'not_known', words: 'The home will ring' } },
    ]);
  });

  it('says what a rule says at the field it is about', async () => {
    page.taken = () => Response.json({ status: 409, detail: 'Somebody who lacks capacity can neither agree nor refuse.', code: 'concern/consent-contradicts-capacity' }, { status: 409 });
    const { statusCode, payload } = await page.send('decide', { ...decision, capacity: 'lacks_capacity', consent: 'given' });
    expect([statusCode, payload.includes('href="#consent"')]).toEqual([409, true]);
  });

  it('says at what is left undone that no further action would leave it to nobody', async () => {
    page.taken = () => Response.json({ status: 409, detail: 'After no further action nobody would do it.', code: 'concern/no-further-action-leaves-undone' }, { status: 409 });
    expect((await page.send('decide', { ...decision, protection: 'not_taken' })).payload).toContain('<a href="#protection">After no further action nobody would do it.</a>');
  });

  it('is kept for now with what can be told, and the rest is asked for', async () => {
    const reply = await page.sendAs('decide', 'consider', { ...decision, risk: 'cannot_yet_tell', risk_reason: 'nobody saw her', unable: '', unable_reason: '', ask: ['when_it_happened', 'consent'], ask_words: 'Rang the home.' });
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

  it('is kept for now with all that was written of the decision, which is filled in again', async () => {
    const written = { outcome: 'other_enquiry', reason: 'A page of reasons.', other_enquiry_reason: 'Her sister.', not_safeguarding_reason: 'already_known', further_routes: ['review', 'case_management'], sar_referral: 'yes' };
    await page.sendAs('decide', 'consider', written);
    const leaning = { outcome: 'other_enquiry', reason: 'A page of reasons.', otherEnquiryReason: 'Her sister.', notSafeguardingReason: 'already_known', furtherRoutes: ['review', 'case_management'], sarReferral: true };
    expect(page.sent()).toMatchObject([{ to: page.path('consider'), body: { leaning } }]);
    page.held = { ...waiting, sequence: 3, story: [...waiting.story, { ...considered, leaning }] };
    const form = (await page.get('decide')).payload;
    for (const text of ['>A page of reasons.</textarea>', '>Her sister.</textarea>', 'value="already_known" selected']) expect(form).toContain(text);
    for (const [name, value] of [['outcome', 'other_enquiry'], ['further_routes', 'review'], ['further_routes', 'case_management'], ['sar_referral', 'yes']]) {
      expect(form).toMatch(new RegExp(`name="${name}"[^>]*value="${value}" checked`));
    }
    for (const text of ['Leaning towards', 'Other enquiry', 'A page of reasons.']) expect((await page.get()).payload).toContain(text);
  });

  it('asks which council it falls to: one that is known, or another in words', async () => {
    const elsewhere = { ...decision, needs: 'no', outcome: 'other_authority', not_safeguarding_reason: 'other_authority' };
    const form = (await page.get('decide')).payload;
    expect([form.includes('<option value="E06000061">North Northamptonshire'), form.includes('<option value="E06000062"')]).toEqual([true, false]);
    for (const [fields, sent] of [[{ other_authority: 'E06000061' }, { code: 'E06000061' }], [{ other_authority: 'another', other_authority_words: 'Leicestershire' }, { words: 'Leicestershire' }], [{ other_authority: 'another' }, {}], [{}, {}]] as const) {
      await page.send('decide', { ...elsewhere, ...fields });
      expect((page.sent().at(-1)!.body as { otherAuthority?: object }).otherAuthority).toEqual(sent);
    }
    const isAnother = async () => (await page.get('decide')).payload.includes('value="another" selected');
    for (const [otherAuthority, is] of [[{ code: null, words: null }, false], [{ code: null, words: 'Leicestershire' }, true]] as const) {
      page.held = { ...waiting, sequence: 3, story: [...waiting.story, { ...considered, leaning: { outcome: 'other_authority', reason: null, otherEnquiryReason: null, notSafeguardingReason: null, furtherRoutes: [], sarReferral: null, otherAuthority } }] };
      expect(await isAnother()).toBe(is);
    }
    const told = { ...considered, sequence: 4, type: 'ConcernTriaged', outcome: 'other_authority', otherAuthority: { code: null, words: 'Leicestershire' } };
    page.held = { ...waiting, sequence: 4, story: [...waiting.story, told] };
    expect((await page.get()).payload).toMatch(/To which council<\/span> Leicestershire/);
  });

  it('reminds of what they want where they agree, unless that is recorded', async () => {
    const isReminded = async () => (await page.get('decide')).payload.includes('If they agree, somebody has spoken with them');
    expect(await isReminded()).toBe(true);
    page.held = { ...waiting, wishes: 'asked_and_expressed' };
    expect(await isReminded()).toBe(false);
  });

  it('shows how whoever raised it is reached, and how safely, where more is asked for', async () => {
    for (const act of ['ask', 'decide']) {
      const { payload } = await page.get(act);
      for (const text of ['01632 960001', 'could be dangerous to email or ring them. How and when, in their words: Mornings only.', 'Never_at_the_house']) expect(payload).toContain(text);
    }
  });

  it('is not kept with words on what to ask for and nothing that is', async () => {
    const reply = await page.sendAs('decide', 'consider', { ask_words: 'Rang.' });
    expect([reply.statusCode, reply.payload.includes('href="#ask"'), page.sent()]).toEqual([400, true, []]);
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
