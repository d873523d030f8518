import { aPartnerSite, hiddenIn, partner, pathOf, siteUrl } from '../../test/a-partner-site.js';

const { site, rows, post, answers } = await aPartnerSite();

describe('what was typed on a page', () => {
  it.each([
    ['back', '/concerns/new/what-happened'],
    ['save', '/concerns/new/save'],
    ['home', '/'],
    ['begin', '/concerns/new'],
    ['follow', '/concerns/follow'],
    ['is-this-safeguarding', '/is-this-safeguarding?from=harm'],
    ['easy-read', '/easy-read?from=harm'],
    ['sign-in', '/sign-in?to=%2Fconcerns%2Fnew%2Fharm'],
  ])('is kept by the button that leads away from it: %s', async (then, path) => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    const page = await site.get(browser, '/concerns/new/harm');
    expect(page.text).toMatch(new RegExp(`<button [^>]*value="${then}"`));
    const left = await browser.open(`${siteUrl}/concerns/new/harm`, { form: { ...hiddenIn(page.text), place: 'The invented ward', then }, stay: true });
    expect(left.url).toBe(`${siteUrl}${path}`);
    expect(await answers(browser)).toContain('The invented ward');
  });

  it('is kept by all that leads away above the form: no link does but that to the content', async () => {
    const header = (text: string) => /<header[^]*<\/header>/.exec(text)![0];
    expect(header((await site.get(site.browser(), '/concerns/new/person')).text)).not.toContain('<a ');
    site.visitor = partner();
    const { text } = await site.get(site.browser(), '/concerns/new/person');
    expect([header(text).includes('<a '), header(text).includes('value="raised">Your concerns')]).toEqual([false, true]);
    expect(header((await site.get(site.browser(), '/')).text)).toContain('href="/concerns/new"');
  });

  it.each(['/is-this-safeguarding', '/easy-read'])('is come back to from %s', async (path) => {
    const { text } = await site.get(site.browser(), `${path}?from=harm`);
    expect(text).toContain('<a href="/concerns/new/harm" class="govuk-back-link">Back to your answers</a>');
    expect((await site.get(site.browser(), `${path}?from=elsewhere`)).text).not.toContain('govuk-back-link"');
  });

  it('begins with few questions, and opens the rest where something stands there', async () => {
    const browser = site.browser();
    const asked = (text: string) => [...text.split('<main')[1]!.split('<details')[0]!.matchAll(/<(?:input|textarea|select)[^>]* name="([a-z_]+)"/g)].map(([whole, name]) => (whole.includes('type="hidden"') ? [] : name)).flat();
    expect([...new Set(asked((await site.get(browser, '/concerns/new/person')).text))]).toEqual(['whose', 'given_name', 'family_name', 'dob_day', 'dob_month', 'dob_year', 'authority']);
    expect((await site.get(browser, '/concerns/new/person')).text).not.toMatch(/<details[^>]* open/);
    await site.answer(browser, 'person', { given_name: 'Ada', postcode: 'NN1 1AA' });
    expect((await site.get(browser, '/concerns/new/person')).text).toMatch(/<details[^>]* open/);
  });

  it('is sent by Enter as by Continue, though other buttons come first', async () => {
    const { text } = await site.get(site.browser(), '/concerns/new/person');
    const first = /<button[^>]*form="step"[^>]*>/.exec(text)![0];
    expect([first.includes('name='), text.indexOf(first) < text.indexOf('value="sign-in"')]).toEqual([false, true]);
  });

  it('is nothing where somebody only looked: they leave nothing behind', async () => {
    const browser = site.browser();
    const { url } = await site.answer(browser, 'person', { then: 'back' });
    expect([url, rows.rows.size]).toEqual([`${siteUrl}/`, 0]);
  });

  it('is no more than anybody writes, in all pages together', async () => {
    const browser = site.browser();
    const long = 'x'.repeat(19_000);
    await site.answer(browser, 'person', { given_name: 'Ada' });
    for (const [step, name] of [['what-happened', 'worry'], ['safety', 'done'], ['wishes', 'wishes_words']] as const) await site.answer(browser, step, { [name]: long });
    const { status, text } = await site.answer(browser, 'others', { others_words: long });
    expect([status, text.includes('longer than we can keep'), text.includes(long)]).toEqual([400, true, true]);
  });
});

describe('what does not look like what was asked for', () => {
  it.each([
    ['person', 'nhs_number', '999 000 0019', 'This does not look like an NHS number'],
    ['you', 'email', 'invented at example', 'This does not look like an email address'],
    ['you', 'phone', '0160 12', 'This does not look like a telephone number'],
  ])('is said at its step, kept as it is, and keeps nobody from going on: %s, %s', async (step, name, typed, words) => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    await site.answer(browser, 'what-happened', { worry: 'Thin. (Invented.)' });
    const fields = { given_name: 'Ada', [name]: typed };
    const asked = await site.answer(browser, step, fields);
    expect([asked.status, asked.text.includes(words), asked.text.includes(`value="${typed}"`), pathOf(asked)]).toEqual([200, true, true, `/concerns/new/${step}`]);
    const gone = await post(browser, step, { ...hiddenIn(asked.text), ...fields });
    expect(pathOf(gone)).not.toBe(`/concerns/new/${step}`);
    await site.send(browser, '/concerns/new/check');
    expect(JSON.stringify(site.raised[0]!.body)).toContain(typed);
  });

  it.each([
    ['person', { given_name: 'Ada', nhs_number: '999 000 0018' }],
    ['you', { email: 'invented@example.org', phone: '+44 (0)1632 960001 ext. 12' }],
  ])('is not what looks like it: %s', async (step, fields) => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    expect(pathOf(await site.answer(browser, step, fields as Record<string, string>))).not.toBe(`/concerns/new/${step}`);
  });

  it('is a worry that was left out, or nobody to be found: said at its step, once', async () => {
    const browser = site.browser();
    const nobody = await site.answer(browser, 'person', {});
    expect([pathOf(nobody), nobody.text.includes('one way to find the person')]).toEqual(['/concerns/new/person', true]);
    expect(pathOf(await post(browser, 'person', hiddenIn(nobody.text)))).toBe('/concerns/new/what-happened');
    const nothing = await site.answer(browser, 'what-happened', {});
    expect(nothing.text).toContain('We need to know what worries you');
    expect(pathOf(await post(browser, 'what-happened', hiddenIn(nothing.text)))).toBe('/concerns/new/harm');
    const end = await site.answer(browser, 'you', {});
    expect(end.text).toContain('Before you can send this');
    expect(pathOf(await post(browser, 'you', hiddenIn(end.text)))).toBe('/concerns/new/check');
  });
});

describe('whoever is at risk themselves', () => {
  it('is asked in the second person, and not what makes no sense', async () => {
    const browser = site.browser();
    expect((await site.get(browser, '/concerns/new/person')).text).toContain('Is it about you, or somebody else?');
    await site.answer(browser, 'person', { whose: 'self', given_name: 'Ada', family_name: 'Invented' });
    await site.answer(browser, 'what-happened', { worry: 'He takes my money. (Invented.)' });
    const wishes = (await site.get(browser, '/concerns/new/wishes')).text;
    expect([wishes.includes('What do you want to happen?'), wishes.includes('Do they know'), wishes.includes('Can they decide')]).toEqual([true, false, false]);
    await site.answer(browser, 'wishes', { wishes_words: 'To stay at home' });
    const you = (await site.get(browser, '/concerns/new/you')).text;
    expect([you.includes('How can we reach you?'), you.includes('who do you work for'), you.includes('name="email"')]).toEqual([true, false, true]);
    const checked = await answers(browser);
    for (const text of ['It is about me', 'What do you want to happen?', 'About you']) expect(checked).toContain(text);
    await site.send(browser, '/concerns/new/check');
    expect(site.raised[0]!.body).toMatchObject({ referrer: { type: 'self', name: 'Ada Invented' }, consent: { given: 'yes' }, wishes: { asked: 'asked_and_expressed', words: 'To stay at home' } });
  });
  it('loses nothing that was answered before they said so', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    await site.answer(browser, 'wishes', { consent: 'no', consent_why: 'He must not know' });
    await site.answer(browser, 'person', { whose: 'self', given_name: 'Ada' });
    expect(await answers(browser)).toContain('He must not know');
    expect((await site.get(browser, '/concerns/new/wishes')).text).toContain('He must not know');
  });
});

describe('an age', () => {
  it('that looks like none is asked for again once, beside what must be put right first, and kept', async () => {
    const browser = site.browser();
    const asked = await site.answer(browser, 'person', { given_name: 'Ada', age: 'abc', dob_day: '31', dob_month: 'Smarch', dob_year: '1941' });
    for (const text of ['This does not look like an age', 'value="abc"', 'value="Smarch"', 'There is a problem']) expect(asked.text).toContain(text);
    expect(asked.text).not.toContain('Look again');
    expect(asked.text).not.toContain('press Continue again');
    const typed = { given_name: 'Ada', age: 'abc', dob_day: '31', dob_month: 'March', dob_year: '1941' };
    expect(pathOf(await post(browser, 'person', { ...hiddenIn(asked.text), ...typed }))).toBe('/concerns/new/what-happened');
    expect(await answers(browser)).toContain('31 March 1941');
  });
  it.each(['80', 'about 75', 'in her eighties'])('is taken as people say it: %s', async (age) => {
    expect(pathOf(await site.answer(site.browser(), 'person', { given_name: 'Ada', age }))).toBe('/concerns/new/what-happened');
  });
});

describe('something else as well, somewhere else or by somebody else', () => {
  const theft = { second_abuse_type: 'financial_or_material', second_location_type: 'community', second_source_of_risk: 'unknown_to_individual' };
  const isOpen = (text: string) => /<details class="govuk-details"( open)?>\s*<summary[^>]*><span[^>]*>Something else as well/.exec(text)?.[1] === ' open';

  it('has two rows in a fold of its own, which is open again once there is something in them, and is sent, checked and copied', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    await site.answer(browser, 'what-happened', { worry: 'Thin. (Invented.)' });
    const empty = (await site.get(browser, '/concerns/new/harm')).text;
    for (const text of ['Second: what kind of abuse or neglect?', 'Second: where does it happen?', 'Second: who may be causing it?', 'Third: what kind of abuse or neglect?', 'Their own home']) expect(empty).toContain(text);
    expect(isOpen(empty)).toBe(false);
    expect(pathOf(await site.answer(browser, 'harm', theft))).toBe('/concerns/new/safety');
    const back = (await site.get(browser, '/concerns/new/harm')).text;
    expect([isOpen(back), back.includes('value="financial_or_material" selected')]).toEqual([true, true]);
    const shown = ['Second: kind of abuse or neglect', 'Financial or material abuse', 'Second: where does it happen?', 'In the community', 'Second: who may be causing it?', 'A stranger'];
    const checked = await answers(browser);
    for (const text of [...shown, 'href="/concerns/new/harm?change=yes#second_abuse_type"']) expect(checked).toContain(text);
    await site.send(browser, '/concerns/new/check');
    expect(site.raised[0]!.body).toMatchObject({ abuseTypes: [], otherAllegations: [{ abuseType: 'financial_or_material', sourceOfRisk: 'unknown_to_individual', locationType: 'community' }] });
    const copy = (await site.get(browser, '/concerns/receipt/copy')).text;
    for (const text of shown) expect(copy).toContain(text);
  });

  it('is asked for its kind once where a row has none, and goes on without, losing nothing', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    const row = { third_location_type: 'community' };
    const asked = await site.answer(browser, 'harm', row);
    expect([pathOf(asked), isOpen(asked.text), asked.text.includes('href="#third_abuse_type">Third: say what kind it is, or leave the row empty</a>')]).toEqual(['/concerns/new/harm', true, true]);
    expect(pathOf(await post(browser, 'harm', { ...hiddenIn(asked.text), ...row }))).toBe('/concerns/new/safety');
    expect(await answers(browser)).toContain('Third: where does it happen?');
  });

  it('is asked in the second person of whoever tells of themselves', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', { whose: 'self', given_name: 'Ada' });
    const { text } = await site.get(browser, '/concerns/new/harm');
    expect([text.match(/My own home/g)?.length, text.match(/Somebody paid to care for me/g)?.length, text.includes('Their own home')]).toEqual([3, 3, false]);
  });
});

describe('what the person wants', () => {
  it('is asked for once where they said it, and the answer is kept without it', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    const asked = await site.answer(browser, 'wishes', { wishes: 'asked_and_expressed' });
    expect([pathOf(asked), asked.text.includes('Write here what it is')]).toEqual(['/concerns/new/wishes', true]);
    const on = await post(browser, 'wishes', { ...hiddenIn(asked.text), wishes: 'asked_and_expressed' });
    expect(pathOf(on)).toBe('/concerns/new/others');
    expect(await answers(browser)).toContain('They were asked, and said what they want');
  });
});

describe('the council that is told', () => {
  it.each([['not_sure', 'West', true], ['', 'West', true], ['E06000061', 'North', false]])('is named before it is sent, on the receipt and in the copy: %j', async (authority, name, isUnknown) => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada', authority });
    await site.answer(browser, 'what-happened', { worry: 'Thin. (Invented.)' });
    const before = await answers(browser);
    expect([before.includes(`It goes to ${name} Northamptonshire Council.`), before.includes('it is passed on')]).toEqual([true, isUnknown]);
    site.answers({ id: 'c1', reference: 'SC-2026-000123', authority: isUnknown ? 'E06000062' : authority, missing: isUnknown ? ['area'] : [] }, 201);
    const receipt = await site.send(browser, '/concerns/new/check');
    expect([receipt.text.includes(`${name} Northamptonshire Council has it.`), receipt.text.includes('we pass it on'), receipt.text.includes('which council’s area they live in')]).toEqual([true, isUnknown, isUnknown]);
    expect((await site.get(browser, '/concerns/receipt/copy')).text).toContain(`to ${name} Northamptonshire Council`);
  });
});

describe('the step about whoever writes', () => {
  it('shows whoever is signed in what is used of them, there and before it is sent', async () => {
    site.visitor = partner();
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    const { text } = await site.get(browser, '/concerns/new/you');
    expect([text.includes('value="Somebody invented"'), text.includes('We use that name')]).toEqual([true, true]);
    expect(await answers(browser)).toContain('Somebody invented');
  });
});

describe('whether they are in danger now', () => {
  it('can be not sure, which is told and still to be asked for', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    await site.answer(browser, 'what-happened', { worry: 'Thin. (Invented.)' });
    await site.answer(browser, 'safety', { immediate_risk: 'not_sure' });
    expect(await answers(browser)).toContain('I am not sure');
    await site.send(browser, '/concerns/new/check');
    expect(site.raised[0]!.body).toMatchObject({ details: { inDanger: 'not_sure' } });
    expect(site.raised[0]!.body).not.toHaveProperty('immediateRisk');
  });
});
