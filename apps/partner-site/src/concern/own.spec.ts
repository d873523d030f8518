import { aPartnerSite, partner, taken } from '../../test/a-partner-site.js';

const { site, ready, send } = await aPartnerSite();

describe('whoever is signed in for an organisation', () => {
  const known = { name: 'Invented Care at Home', type: 'home_care' };
  const asked = (text: string): string[] => [...text.matchAll(/<(?:input|select|textarea)[^>]* name="(\w+)"/g)].map(([, name]) => name!);
  const closed = /<details class="govuk-details">\s*<summary[^>]*><span[^>]*>Change your name or organisation/;

  it('is not asked what is known, and sees it where it can be changed', async () => {
    [site.visitor, site.organisation] = [partner(), known];
    const browser = await ready();
    const { text } = await site.get(browser, '/concerns/new/you');
    expect(text).toContain('You are signed in as Somebody invented, Invented Care at Home.');
    expect(asked(text).indexOf('organisation')).toBeGreaterThan(asked(text).indexOf('safe_contact'));
    expect(text).toMatch(closed);
    for (const part of ['value="Invented Care at Home"', '<option value="home_care" selected>']) expect(text).toContain(part);
    await site.answer(browser, 'you', { phone: '01604 000 000' });
    const check = await site.get(browser, '/concerns/new/check');
    for (const part of ['Invented Care at Home', 'A home care service', 'Somebody invented']) expect(check.text).toContain(part);
    await send(browser);
    expect(site.raised.at(-1)!.body['referrer']).toEqual({ name: 'Somebody invented', organisation: 'Invented Care at Home', type: 'home_care', phone: '01604 000 000' });
  });

  it('may say it in other words, which stand then', async () => {
    [site.visitor, site.organisation] = [partner(), known];
    const browser = await ready();
    await site.answer(browser, 'you', { organisation: 'The night team', phone: '01604 000 000' });
    const { text } = await site.get(browser, '/concerns/new/you');
    expect([text.includes('value="The night team"'), closed.test(text)]).toEqual([true, false]);
    await send(browser);
    expect(site.raised.at(-1)!.body['referrer']).toMatchObject({ organisation: 'The night team', type: 'home_care' });
  });

  it('writes for no organisation as family, also where the form had named it', async () => {
    [site.visitor, site.organisation] = [partner(), known];
    const browser = await ready();
    await site.answer(browser, 'you', { organisation: 'Invented Care at Home', referrer_type: 'family_or_friend', phone: '01604 000 000' });
    expect((await site.get(browser, '/concerns/new/check')).text).not.toContain('Invented Care at Home');
    await send(browser);
    expect(site.raised.at(-1)!.body['referrer']).toEqual({ name: 'Somebody invented', type: 'family_or_friend', phone: '01604 000 000' });
  });

  it('writes for no organisation where it is about themselves: nothing of it is filled in, and what was filled in before they said so goes', async () => {
    [site.visitor, site.organisation] = [partner(), known];
    const browser = await ready();
    const filledIn = { organisation: 'Invented Care at Home', referrer_type: 'home_care', phone: '01604 000 000' };
    for (const before of [{ phone: '01604 000 000' }, filledIn]) {
      await site.answer(browser, 'person', { whose: 'self', given_name: 'Ada', family_name: 'Invented' });
      const { text } = await site.get(browser, '/concerns/new/you');
      for (const part of ['Invented Care at Home', 'value="home_care" selected']) expect(text).not.toContain(part);
      await site.answer(browser, 'you', before);
      const check = (await site.get(browser, '/concerns/new/check')).text;
      for (const part of ['Invented Care at Home', 'A home care service']) expect(check).not.toContain(part);
    }
    await send(browser);
    expect(site.raised.at(-1)!.body['referrer']).toEqual({ name: 'Ada Invented', type: 'self', phone: '01604 000 000' });
  });

  it('sends the same again where no answer came, whatever is known by then', async () => {
    [site.visitor, site.organisation] = [partner(), known];
    const browser = await ready();
    site.answers({}, 503);
    await send(browser);
    site.organisation = null;
    site.answers(taken, 201);
    await send(browser);
    const sent = site.raised.map(({ body }) => body['referrer']);
    expect(sent.at(-1)).toEqual(sent[0]);
    expect(sent[0]).toMatchObject({ organisation: 'Invented Care at Home' });
  });

  it('is asked as anybody where nothing is known', async () => {
    site.visitor = partner();
    const { text } = await site.get(await ready(), '/concerns/new/you');
    expect(asked(text).indexOf('organisation')).toBeLessThan(asked(text).indexOf('email'));
  });
});
