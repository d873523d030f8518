import { ACasePage, at, id, waiting } from '../../../test/a-case-page.js';

const placeOf = (n: number) => ({ id: `0190c1d2-0000-7000-8000-${String(n).padStart(12, '0')}`, name: `Invented House ${n}`, setting: 'care_home_residential', cqcLocationId: `1-10000000${n}`, status: 'open' });
const [house, court] = [placeOf(1), { ...placeOf(2), name: 'Invented Court <2>', setting: 'care_home_nursing', status: 'closed' }];
const gone = { ...placeOf(3), name: 'Never Was', status: 'entered-in-error' };
const open = { ...waiting, permitted: ['NamePlace'], placeId: null as string | null, atPlace: null as object | null };
const named = { type: 'PlaceNamed', at: at(11), recordedAt: at(11), actor: 'staff-triage-2' };
const there = { ...open, placeId: house.id, atPlace: { items: [], total: 0, months: 12 }, story: [...waiting.story, { ...named, sequence: 3, placeId: house.id }] };
const other = (n: number, outcome: string | null) => ({ id: `0190c1d2-0000-7000-8000-0000000000c${n}`, reference: `SC-000${n}`, receivedAt: at(9), status: outcome ? 'triaged' : 'awaiting-triage', outcome });

describe('the place of a concern', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => {
    page.begin();
    page.held = open;
    page.places = (one) => Response.json(one ? [house, court].find((place) => place.id === one) ?? {} : { items: [house, court, gone], next: null });
  });

  it('is asked for where nobody has said it', async () => {
    const { payload } = await page.get();
    for (const text of ['At this place', 'Nobody has said at which place it happened.', `href="${page.path('place')}"`]) expect(payload).toContain(text);
    page.held = { ...open, permitted: [] };
    expect((await page.get()).payload).not.toContain(page.path('place'));
    page.held = { ...open, story: [{ ...waiting.story[0], account: JSON.stringify({ worry: 'She is thin.', details: { place: 'Invented Lodge' } }) }] };
    const said = (await page.get()).payload;
    for (const text of ['Place in the directory', 'Not chosen yet', 'Which place, in their words', 'Nobody has chosen yet which place of the directory “Invented Lodge” is', `href="${page.path('place')}"`]) expect(said).toContain(text);
    expect(said).not.toContain('Nobody has said at which place');
  });

  it('is chosen among those that there are, a few at once', async () => {
    const { payload } = await page.get('place');
    for (const text of ['Invented House 1', 'Invented Court &lt;2&gt;', 'Care home nursing, 1-100000002, closed']) expect(payload).toContain(text);
    for (const text of ['Never Was', 'take it back', 'Why it needs']) expect(payload).not.toContain(text);
    const ids = [...payload.matchAll(/ id="([^"]+)"/g)].map(([, one]) => one);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
    const reply = await page.send('place', { place: house.id });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${page.path()}?done=place`]);
    expect(page.sent()).toMatchObject([{ to: `/concerns/${id}/place`, body: { placeId: house.id }, headers: { 'if-match': '"2"' } }]);
  });

  it('is looked for by its name, its kind and its location id, and nothing is sent', async () => {
    const found = async (called: string) => [(await page.send('place', { called, do: 'find' })).payload].map((payload) => [house, court].filter(({ id: one }) => payload.includes(`value="${one}"`)))[0];
    expect([await found('HOUSE'), await found('nursing invented'), await found('1-100000001'), await found('elsewhere')]).toEqual([[house], [court], [house], []]);
    const nothing = await page.send('place', { called: 'elsewhere', do: 'find' });
    expect([nothing.statusCode, nothing.payload.includes('No place of the directory is found by that.'), nothing.payload.includes('value="elsewhere"')]).toEqual([200, true, true]);
    expect(page.sent()).toEqual([]);
  });

  it('is looked for first where there are many, a page after another', async () => {
    const many = Array.from({ length: 30 }, (_, n) => placeOf(n + 10));
    page.places = (_id, after) => Response.json(after ? { items: many.slice(15), next: null } : { items: many.slice(0, 15), next: many[14]!.id });
    expect((await page.get('place')).payload).not.toContain('type="radio"');
    const { payload } = await page.send('place', { called: 'invented', do: 'find' });
    expect([payload.match(/type="radio"/g)?.length, payload.includes('30 places are found. These are the first 20')]).toEqual([20, true]);
  });

  it('is not recorded without one that is chosen, and says so where there is none any more', async () => {
    const none = await page.send('place', { called: 'house' });
    expect([none.statusCode, none.payload.includes('href="#called"'), page.sent()]).toEqual([400, true, []]);
    page.taken = () => Response.json({ status: 409, detail: 'There is no such place in the directory.', code: 'concern/no-such-place' }, { status: 409 });
    const refused = await page.send('place', { place: house.id });
    expect([refused.statusCode, refused.payload.includes('There is no such place in the directory.')]).toEqual([409, true]);
  });

  it('is put right and taken back with a reason', async () => {
    page.held = there;
    const { payload } = await page.get('place');
    for (const text of ['None: take it back', 'Why it needs putting right', `value="${house.id}" checked`]) expect(payload).toContain(text);
    expect((await page.send('place', { place: '-' })).payload).toContain('href="#reason"');
    await page.send('place', { place: '-', reason: 'Another house.' });
    expect(page.sent()).toMatchObject([{ body: { placeId: null, reason: 'Another house.' } }]);
  });

  it('stands by its name, with what else came from there and what became of it', async () => {
    page.held = { ...there, atPlace: { items: [other(3, null), other(2, 'quality_team')], total: 14, months: 12 } };
    const { payload } = await page.get();
    for (const text of ['It happened at Invented House 1', '14 other concerns came from here in the 12 months before this one or since. The latest 2:', 'SC-0003, 1 July 2026: awaiting triage', 'SC-0002, 1 July 2026: Quality team', 'href="/concerns/0190c1d2-0000-7000-8000-0000000000c2"']) expect(payload).toContain(text);
    expect(payload).not.toContain('Nobody has said at which place');
    page.held = there;
    expect((await page.get()).payload).toContain('No other concern came from here in the 12 months before this one or since.');
  });

  it('stands without its name while the directory is away, and cannot be chosen then', async () => {
    page.held = there;
    page.places = () => Response.json({}, { status: 503 });
    expect((await page.get()).payload).toContain('It happened at a place whose name cannot be had just now');
    expect((await page.get('place')).payload).toContain('The places cannot be had just now.');
  });
});
