import { ACasePage, at, waiting } from '../../../test/a-case-page.js';

const permitted = [...waiting.permitted, 'RestrictConcern', 'LiftRestriction'];
const restriction = { names: ['staff-triage-1', 'staff-triage-2'], why: 'domestic_abuse', at: at(11) };

describe('saying who may see a concern', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start('manager');
  });
  afterAll(() => page.close());
  beforeEach(() => {
    page.begin();
    page.held = { ...waiting, permitted };
  });

  it('names colleagues who read concerns, and says why', async () => {
    const { payload } = await page.get('restrict');
    expect([payload.includes('A Colleague'), payload.includes('A Member'), payload.includes('Another concern about the same person')]).toEqual([true, false, false]);
    const reply = await page.send('restrict', { names: ['staff-triage-2'], why: 'domestic_abuse' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${page.path()}?done=restrict`]);
    expect(page.sent()).toMatchObject([{ to: page.path('restriction'), headers: { 'if-match': '"2"' }, body: { names: ['staff-triage-2'], why: 'domestic_abuse' } }]);
  });

  it('opens with those who may see it now', async () => {
    page.held = { ...waiting, permitted, restriction };
    expect((await page.get('restrict')).payload).toMatch(/value="staff-triage-2" checked[^]*value="domestic_abuse" checked/);
  });

  it.each<[Record<string, string>, string]>([
    [{}, '#why'],
    [{ why: 'same_person' }, '#why'],
    [{ why: 'other' }, '#reason'],
  ])('is not done half: %j', async (fields, href) => {
    const reply = await page.send('restrict', fields);
    expect([reply.statusCode, reply.payload.includes(`href="${href}"`), page.sent()]).toEqual([400, true, []]);
  });

  it('is told at its field where somebody does not work here', async () => {
    page.taken = () => Response.json({ detail: 'Somebody you named does not.', code: 'concern/not-staff-here' }, { status: 409 });
    expect((await page.send('restrict', { names: ['gone'], why: 'domestic_abuse' })).payload).toContain('href="#names"');
  });

  it('ends with a reason', async () => {
    page.held = { ...waiting, permitted, restriction };
    expect((await page.send('lift-restriction', { reason: ' ' })).statusCode).toBe(400);
    expect((await page.send('lift-restriction', { reason: 'She moved.' })).statusCode).toBe(303);
    expect(page.sent()).toMatchObject([{ to: page.path('restriction/lift'), body: { reason: 'She moved.' } }]);
  });

  it('stands on its page and in its story', async () => {
    const events = [
      { sequence: 3, type: 'ConcernRestricted', at: at(11), actor: 'staff-manager-1', names: ['staff-triage-2'], why: 'domestic_abuse', reason: null },
      { sequence: 4, type: 'GlassBroken', at: at(12), actor: 'staff-triage-9', until: at(13), reason: 'Nobody answers.' },
    ];
    page.held = { ...waiting, permitted, restriction, story: [...waiting.story, ...events] };
    const { payload } = await page.get();
    for (const text of ['Restricted to you and A Colleague', 'It was restricted to A Colleague', 'Domestic abuse: somebody could look for them', 'Somebody who is not named opened it', 'Nobody answers.']) expect(payload).toContain(text);
    page.held = { ...waiting, permitted, restriction: { ...restriction, names: ['staff-triage-2'] } };
    expect((await page.get()).payload).toContain('You are not named and opened it for a while: all');
    const mine = { sequence: 5, type: 'GlassBroken', at: at(12), actor: 'staff-triage-1', until: at(14), reason: 'Nobody answers.' };
    page.held = { ...page.held, story: [...waiting.story, ...events, mine] };
    expect((await page.get()).payload).toContain('You are not named and opened it for a while, until 1 July 2026, 3:00pm: all');
  });
});
