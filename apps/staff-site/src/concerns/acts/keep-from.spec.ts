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

  it('lists the other concerns of the person, is done with them in one go where that is ticked, and says which are still open', async () => {
    const [one, another] = ['0190c1d2-0000-7000-8000-0000000000e1', '0190c1d2-0000-7000-8000-0000000000e2'];
    const about = (id: string, reference: string, from: string[]) => ({ id, reference, receivedAt: at(8), status: 'awaiting-triage', outcome: null, keptFrom: from });
    page.held = { ...waiting, permitted, keptFrom, aboutThem: [about(one, 'SC-1111', []), about(another, 'SC-2222', ['staff-triage-2'])] };
    const before = page.services.getMockImplementation()!;
    page.services.mockImplementation((input, init) => (String(input).endsWith('/version') ? Promise.resolve(Response.json({ sequence: 7 })) : before(input, init)));
    const { payload } = await page.get('keep-from');
    for (const text of ['SC-1111', 'SC-2222', 'Also the 2 other concerns of this person']) expect(payload).toContain(text);
    const typed = { staff: 'staff-triage-2', why: 'source_of_risk' };
    await page.send('keep-from', typed);
    await page.send('keep-from', { ...typed, others: 'yes' });
    expect(page.sent().map(({ to, headers }) => [to, headers['if-match']])).toEqual([[page.path('kept-from'), '"2"'], [`/concerns/${one}/kept-from`, '"7"'], [page.path('kept-from'), '"2"']]);
    await page.send('interest', { why: 'close_to_person', others: 'yes' });
    expect(page.sent().slice(-3).map(({ to }) => to)).toEqual([`/concerns/${one}/interest`, `/concerns/${another}/interest`, page.path('interest')]);
    page.taken = () => Response.json({ detail: 'Nobody would be left.', code: 'concern/nobody-left' }, { status: 409 });
    const refused = await page.send('interest', { why: 'close_to_person', others: 'yes' });
    expect([refused.statusCode, page.sent().at(-1)!.to]).toEqual([409, `/concerns/${one}/interest`]);
    expect(refused.payload).toContain('Of SC-1111 it was not taken: Nobody would be left. So it is not recorded of this concern either.');
    const shown = (await page.get()).payload;
    expect(shown).toContain('are still open to them');
    expect([one, another].map((id) => shown.includes(`/concerns/${id}/keep-from`))).toEqual([true, false]);
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
