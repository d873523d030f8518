import { ACasePage, at, decided, id, waiting } from '../../test/a-case-page.js';

const blind = { ...waiting, permitted: ['LookAgain'], clocks: [] };
const typed = { needs: 'yes', needs_reason: 'frail', risk: 'no', risk_reason: 'nothing seen', unable: 'yes', unable_reason: 'bedbound', outcome: 'quality_team', reason: 'a matter of quality' };

describe('a second look', () => {
  let page: ACasePage;
  let seen: () => Response;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => {
    page.begin();
    seen = () => Response.json(blind);
    const before = page.services.getMockImplementation()!;
    page.services.mockImplementation((input, init) =>
      String(input).endsWith('/second-look') && init?.method !== 'POST' ? Promise.resolve(seen()) : before(input, init));
  });

  it('shows what was known before the decision, and asks of triage nothing that tells it', async () => {
    const { statusCode, payload } = await page.get('second-look');
    expect(statusCode).toBe(200);
    for (const text of ['She is thin.', 'Inventa Person', 'Asked for: where they live', 'drawn by lot', '(b) Are they experiencing']) expect(payload).toContain(text);
    expect(payload.match(/value="cannot_yet_tell"/g)).toHaveLength(3);
    for (const text of ['checked', 'Decide this concern', 'Decided:']) expect(payload).not.toContain(text);
    expect(page.services.mock.calls.map(([input]) => String(input)).filter((url) => url.includes('triage.test'))).toEqual([`http://triage.test${page.path('second-look')}`]);
  });

  it('is given limb by limb on the version that was seen, and then leads to the decision', async () => {
    const reply = await page.send('second-look', typed);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${page.path()}?done=second-look`]);
    expect(page.sent()).toMatchObject([{
      to: page.path('second-look'), headers: { 'if-match': '"2"' },
      body: { limbs: { needs: { answer: 'yes', reason: 'frail' }, risk: { answer: 'no', reason: 'nothing seen' }, unable: { answer: 'yes', reason: 'bedbound' } }, outcome: 'quality_team', reason: 'a matter of quality' },
    }]);
  });

  it('lists all that the rules refuse, each at its field, and keeps what was typed', async () => {
    const refusals = [['limb-answer-required', 'risk'], ['limb-reason-required', 'risk'], ['outcome-required'], ['reason-required']].map(([code, about]) => ({ code: `concern/${code}`, about, detail: `Refused: ${code}` }));
    page.taken = () => Response.json({ status: 409, ...refusals[0], refusals }, { status: 409 });
    const { statusCode, payload } = await page.send('second-look', { needs: 'yes', needs_reason: 'frail' });
    expect([statusCode, [...payload.matchAll(/<li>\s*<a href="#(\w+)"/g)].map(([, field]) => field)]).toEqual([409, ['risk', 'risk_reason', 'outcome', 'reason']]);
    expect(payload).toContain('>frail</textarea>');
  });

  it('is not for whoever made the decision or has seen it, and says why', async () => {
    seen = () => Response.json({ status: 409, detail: 'You have been shown this concern since it was decided.', code: 'concern/second-look-not-blind' }, { status: 409 });
    page.taken = () => Response.json({ status: 409, detail: 'You have been shown this concern since it was decided.' }, { status: 409 });
    for (const reply of [await page.get('second-look'), await page.site.sendFrom(await page.site.get('/'), page.path('second-look'), typed)]) {
      expect([reply.statusCode, reply.payload.includes('You have been shown this concern since it was decided.')]).toEqual([409, true]);
    }
    seen = () => Response.json({}, { status: 404 });
    expect((await page.get('second-look')).statusCode).toBe(404);
  });

  it('that was given and is sent again since its answer was lost leads to the decision; sent otherwise, it is said that it was', async () => {
    page.taken = () => {
      seen = () => Response.json({ status: 409, detail: 'You have given it.' }, { status: 409 });
      return Response.json({}, { status: 503 });
    };
    const lost = await page.send('second-look', typed);
    for (const text of ['it is recorded once, however often you send it', 'look whether it is still there']) expect(lost.payload).toContain(text);
    page.taken = () => Response.json({ id, sequence: 3 });
    expect((await page.site.sendFrom(lost, page.path('second-look'), typed)).headers.location).toBe(`${page.path()}?done=second-look`);
    page.taken = () => Response.json({ status: 422, detail: 'this Idempotency-Key was used before', code: 'idempotency/key-reused' }, { status: 422 });
    const { statusCode, payload } = await page.site.sendFrom(lost, page.path('second-look'), { ...typed, reason: 'other' });
    expect([statusCode, payload.includes('You sent this form before, and that was recorded'), payload.includes(`href="${page.path()}"`)]).toEqual([422, true, true]);
  });

  it('stands in the story with what it came to', async () => {
    const limb = (answer: string, reason: string) => ({ answer, reason });
    const looked = { sequence: 4, type: 'SecondLookGiven', at: at(13), recordedAt: at(13), actor: 'staff-triage-2', outcome: 'quality_team', reason: 'a matter of quality', limbs: { needs: limb('yes', 'frail'), risk: limb('no', 'nothing seen'), unable: limb('yes', 'bedbound') } };
    page.held = { ...waiting, story: [...waiting.story, { sequence: 3, type: 'SecondLookDrawn', at: at(12), recordedAt: at(12), actor: 'staff-triage-1' }, looked] };
    const { payload } = await page.get();
    for (const text of ['drawn by lot for a second look', 'A second look came to: Quality team', 'No. nothing seen', 'A Colleague']) expect(payload).toContain(text);
  });

  it.each([
    ['quality_team', 'no', 'It agrees with the decision.'],
    ['quality_team', 'yes', 'It comes to the same outcome as the decision, and answers (b) differently.'],
    ['s42_enquiry', 'yes', 'that was “Quality team”, and yours is “Section 42 enquiry”.'],
  ])('is said to be recorded, and how far it agrees, to whoever has just given it: %s, %s', async (outcome, risk, words) => {
    const limbs = (answer: string) => ({ needs: { answer: 'yes', reason: 'frail' }, risk: { answer, reason: 'nothing seen' }, unable: { answer: 'yes', reason: 'bedbound' } });
    const told = (sequence: number, type: string, more: object) => ({ sequence, type, at: at(12), recordedAt: at(12), actor: 'staff-triage-2', ...more });
    const first = told(3, 'ConcernTriaged', { outcome: 'quality_team', limbs: limbs('no') });
    const given = (actor: string) => ({ ...waiting, story: [...waiting.story, first, told(4, 'SecondLookGiven', { actor, outcome, limbs: limbs(risk), reason: 'again' })] });
    page.held = given('staff-triage-1');
    for (const text of ['Your second look is recorded.', words]) expect((await page.site.get(`${page.path()}?done=second-look`)).payload).toContain(text);
    page.held = given('staff-triage-2');
    expect((await page.site.get(`${page.path()}?done=second-look`)).payload).not.toContain('is recorded. It');
  });

  it('is asked for before the concern is opened, which is read only where they leave it to a colleague', async () => {
    const before = page.services.getMockImplementation()!;
    page.services.mockImplementation((input, init) =>
      new URL(String(input)).pathname.endsWith('/case') && !String(input).endsWith('?secondLook=left') ? Promise.resolve(Response.json({ status: 409, detail: 'A second look is wanted.', code: 'concern/second-look-wanted' }, { status: 409 })) : before(input, init));
    for (const act of ['', 'decide', 'person', 'same', 'files']) {
      const { statusCode, payload } = await page.get(act);
      expect([statusCode, payload.includes('She is thin.')]).toEqual([200, false]);
      for (const text of ['A second look is wanted here', `href="${page.path('second-look')}"`, `href="${page.path()}?secondLook=left"`]) expect(payload).toContain(text);
    }
    expect((await page.site.get(`${page.path()}?secondLook=left`)).payload).toContain('She is thin.');
  });

  it.each([false, true])('hides no danger told since: it comes first, with what was written, and the way to see to it; where that may show what was decided: %s', async (mayTell) => {
    const before = page.services.getMockImplementation()!;
    page.services.mockImplementation((input, init) => {
      const { pathname } = new URL(String(input));
      if (pathname.endsWith('/case')) return Promise.resolve(Response.json({ status: 409, code: 'concern/second-look-wanted' }, { status: 409 }));
      return pathname.endsWith('/danger-since') ? Promise.resolve(Response.json({ id, danger: { at: at(12), words: [{ at: at(13), words: 'He has a <knife>.' }], mayTell } })) : before(input, init);
    });
    const { payload } = await page.get();
    for (const text of ['Danger was told since this was decided', 'on 1 July 2026, 1:00pm, and nobody has seen to it yet', 'He has a &lt;knife&gt;.', `href="${page.path()}?secondLook=left"`, 'a colleague has to give the second look'.slice(2)]) expect(payload).toContain(text);
    expect(payload.includes(`href="${page.path('second-look')}"`)).toBe(!mayTell);
    seen = () => Response.json({ ...blind, dangerToldAt: at(12) });
    const form = (await page.get('second-look')).payload;
    for (const text of ['on 1 July 2026, 1:00pm, and nobody has seen to it yet', 'Open the concern and see to the danger']) expect(form).toContain(text);
    expect(form).not.toContain('knife');
  });

  it('keeps from nobody what they typed when a colleague decided', async () => {
    const form = await page.get('decide');
    page.held = { ...decided, story: [...decided.story, { sequence: 3, type: 'ConcernTriaged', at: at(12), recordedAt: at(12), actor: 'staff-triage-2', outcome: 'quality_team' }] };
    const before = page.services.getMockImplementation()!;
    page.services.mockImplementation((input, init) =>
      String(input).endsWith('/case') ? Promise.resolve(Response.json({ status: 409, code: 'concern/second-look-wanted' }, { status: 409 })) : before(input, init));
    page.taken = () => Response.json({ status: 412, sequence: 3, changes: [{ type: 'ConcernTriaged', at: at(12), actor: 'staff-triage-2' }] }, { status: 412 });
    const { statusCode, payload } = await page.site.sendFrom(form, page.path('decide'), { needs: 'yes', needs_reason: 'frail' });
    expect([statusCode, payload.includes('Somebody else decided this concern'), payload.includes('>frail</textarea>')]).toEqual([412, true, true]);
  });
});
