import { ACasePage, at, waiting } from '../../../test/a-case-page.js';

const permitted = [...waiting.permitted, 'RestrictConcern', 'KeepConcernFrom', 'KeepNoMore'];
const keptFrom = [{ id: 'staff-triage-2', why: 'source_of_risk', at: at(11), by: 'staff-manager-1' }];

let page: ACasePage;
beforeAll(async () => {
  page = await ACasePage.start('manager');
});
afterAll(() => page.close());
beforeEach(() => {
  page.begin();
  page.held = { ...waiting, permitted };
});

describe('keeping a concern from somebody', () => {
  it('chooses among colleagues who read concerns, and says why', async () => {
    const { payload } = await page.get('keep-from');
    expect([payload.includes('A Colleague'), payload.includes('A Member')]).toEqual([true, false]);
    const reply = await page.send('keep-from', { staff: ['staff-triage-2'], why: 'source_of_risk' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${page.path()}?done=keep-from`]);
    expect(page.sent()).toMatchObject([{ to: page.path('kept-from'), headers: { 'if-match': '"2"' }, body: { staff: ['staff-triage-2'], why: 'source_of_risk' } }]);
  });

  it.each<[Record<string, string>, string]>([
    [{ why: 'source_of_risk' }, '#staff'],
    [{ staff: 'staff-triage-2' }, '#why'],
    [{ staff: 'staff-triage-2', why: 'other' }, '#reason'],
  ])('is not done half: %j', async (fields, href) => {
    const reply = await page.send('keep-from', fields);
    expect([reply.statusCode, reply.payload.includes(`href="${href}"`), page.sent()]).toEqual([400, true, []]);
  });

  it('is told at its field where nobody would be left', async () => {
    page.taken = () => Response.json({ detail: 'Nobody would be left.', code: 'concern/nobody-left' }, { status: 409 });
    expect((await page.send('keep-from', { staff: ['staff-triage-2'], why: 'source_of_risk' })).payload).toContain('href="#staff"');
  });

  it('ends with a reason', async () => {
    page.held = { ...waiting, permitted, keptFrom };
    expect((await page.get('keep-no-more')).payload).toContain('A Colleague');
    expect((await page.send('keep-no-more', { staff: 'staff-triage-2' })).statusCode).toBe(400);
    expect((await page.send('keep-no-more', { staff: 'staff-triage-2', reason: 'It was not them.' })).statusCode).toBe(303);
    expect(page.sent()).toMatchObject([{ to: page.path('kept-from/lift'), body: { staff: ['staff-triage-2'], reason: 'It was not them.' } }]);
  });

  it('stands on its page and in its story', async () => {
    const events = [
      { sequence: 3, type: 'ConcernKeptFrom', at: at(11), actor: 'staff-manager-1', staff: ['staff-triage-2'], why: 'source_of_risk', reason: 'She says so.' },
      { sequence: 4, type: 'ConcernKeptFrom', at: at(11), actor: null, staff: ['staff-triage-2'], why: 'about_oneself', reason: null },
      { sequence: 5, type: 'ConcernKeptFrom', at: at(12), actor: 'staff-triage-2', staff: ['staff-triage-2'], why: 'close_to_person', reason: null },
      { sequence: 6, type: 'KeptNoMore', at: at(13), actor: 'staff-manager-1', staff: ['staff-triage-2'], reason: 'It was not them.' },
    ];
    page.held = { ...waiting, permitted, keptFrom, story: [...waiting.story, ...events] };
    const { payload } = await page.get();
    for (const text of ['Kept from A Colleague: to them', 'It is kept from A Colleague', 'They may be causing the harm', 'as another record about the same person is', 'They must not work on this, and see it no more', 'It is kept from A Colleague no more', 'It was not them.']) expect(payload).toContain(text);
  });
});

describe('whoever must not work on a concern', () => {
  it('says why, and is led away from it', async () => {
    expect((await page.get()).payload).toContain('I must not work on this');
    expect((await page.send('interest', {})).statusCode).toBe(400);
    expect((await page.send('interest', { why: 'source_of_risk' })).statusCode).toBe(400);
    const reply = await page.send('interest', { why: 'close_to_person' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/?done=interest']);
    expect(page.sent()).toMatchObject([{ to: page.path('interest'), body: { why: 'close_to_person' } }]);
    const form = await page.get('interest');
    page.gone = true;
    expect((await page.site.sendFrom(form, page.path('interest'), { why: 'close_to_person' })).headers.location).toBe('/?done=interest');
    expect((await page.site.get('/?done=interest')).payload).toContain('is not there for you any more');
  });
});
