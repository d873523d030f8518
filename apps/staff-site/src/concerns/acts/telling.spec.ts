import { ACasePage, at, decided, id, waiting } from '../../../test/a-case-page.js';

const account = (details: object = {}, referrer: object = { name: 'Invented Neighbour', email: 'neighbour@example.test', phone: '07700 900001' }) =>
  ({ ...waiting.story[0], account: JSON.stringify({ worry: 'She is thin.', referrer, details }) });
const toSend = { ...decided, referrerType: 'police', permitted: [...decided.permitted, 'SendToReferrer'], ways: ['email', 'text'], story: [account()] };
const written = { sequence: 4, type: 'MessageToReferrerWritten', at: at(13), actor: 'staff-triage-1', message: 'Thank you, again.', way: 'email' };

let page: ACasePage;
beforeAll(async () => {
  page = await ACasePage.start();
});
afterAll(() => page.close());
beforeEach(() => {
  page.begin();
  page.held = toSend;
});

describe('telling whoever raised it from here', () => {
  it('offers the ways that they gave, and sends what was written', async () => {
    const { payload } = await page.get('tell');
    for (const text of ['Send it by email, to neighbour@example.test', 'Send it by text message, to 07700 900001', 'How are they told?']) expect(payload).toContain(text);
    await page.send('tell', { told: 'email', message: 'Thank you.', checked: 'Thank you.' });
    expect(page.sent()).toMatchObject([{ to: `/concerns/${id}/message`, body: { way: 'email', message: 'Thank you.', isSafe: false } }]);
  });

  it('offers no text message to a number that takes none, and says so', async () => {
    const phone = '01632 960001';
    page.held = { ...toSend, ways: ['email'], story: [account({}, { name: 'Invented Neighbour', email: 'neighbour@example.test', phone })] };
    const { payload } = await page.get('tell');
    expect(['Send it by email', 'Send it by text message', `No text message can be sent to ${phone}`].map((text) => payload.includes(text))).toEqual([true, false, true]);
    expect((await page.send('tell', { told: 'text', message: 'Thank you.' })).statusCode).toBe(400);
    page.held = { ...page.held, ways: [], story: [account({}, { phone })] };
    expect((await page.get('tell')).payload).toContain('Tell them by telephone or from your own mailbox');
  });

  it('shows what was changed by hand once more before it goes, and warns of names in it without keeping it back', async () => {
    page.held = { ...toSend, story: [account({ alleged: 'Her son Sam, who says so' })] };
    const message = 'Thank you.\n\ninventa’s bruises came from Sam, we think.';
    const { statusCode, payload } = await page.send('tell', { told: 'email', message });
    for (const text of ['Read it once more before it goes', 'It must not hold', '“Inventa” stands in it: that is what the person is called', '“Sam” stands in it, and in what was said of whoever may be causing the harm', 'Send it as it is', 'Change it']) expect(payload).toContain(text);
    expect([statusCode, page.sent()]).toEqual([200, []]);
    const again = await page.send('tell', { told: 'email', message, checked: message, do: 'change' });
    expect([again.statusCode, again.payload.includes('How are they told?'), page.sent()]).toEqual([200, true, []]);
    await page.send('tell', { told: 'email', message, checked: message });
    expect(page.sent()).toMatchObject([{ body: { way: 'email', message } }]);
  });

  it('sends what was drafted as it is, without another question', async () => {
    const draft = /<textarea[^>]*id="message"[^>]*>([^<]*)/.exec((await page.get('tell')).payload)![1]!.replaceAll('&#39;', '\'');
    await page.send('tell', { told: 'text', message: draft });
    expect(page.sent()).toMatchObject([{ body: { way: 'text', message: draft } }]);
  });

  it('shows it on their own page where they sign in, also where they gave no contact and nobody carries messages', async () => {
    page.held = { ...toSend, sentBy: 'nobody', ways: ['page'], followedBy: 'account', story: [account({}, {})] };
    expect((await page.get('tell')).payload).toContain('Show it on their own page, where they sign in');
    await page.send('tell', { told: 'page', message: 'Thank you.', checked: 'Thank you.' });
    expect(page.sent()).toMatchObject([{ to: `/concerns/${id}/message`, body: { way: 'page', message: 'Thank you.' } }]);
    page.held = { ...page.held, feedback: 'told', story: [account({}, {}), { sequence: 4, type: 'ReferrerTold', at: at(13), actor: 'staff-triage-1', message: 'Thank you.', way: 'page' }] };
    const { payload } = await page.get();
    for (const text of ['It stands on their own page: whoever raised it is told', 'Thank you.']) expect(payload).toContain(text);
  });

  it('writes to them again who were told, with what was written last filled in', async () => {
    page.held = { ...toSend, feedback: 'told', permitted: ['ReopenConcern', 'SendToReferrer'], story: [account(), { ...written, sequence: 4 }, { sequence: 5, type: 'ReferrerTold', at: at(14), actor: null, message: 'Thank you, again.', way: 'email' }] };
    expect((await page.get()).payload).toContain('Write to whoever raised it again');
    const { payload } = await page.get('write-again');
    expect([payload.includes('>Thank you, again.</textarea>'), payload.includes('They have been told, by telephone')]).toEqual([true, false]);
    const message = 'Please forget what we wrote.';
    expect((await page.send('write-again', { told: 'email', message })).payload).toContain('Read it once more before it goes');
    await page.send('write-again', { told: 'email', message, checked: message });
    expect(page.sent()).toMatchObject([{ to: `/concerns/${id}/message`, body: { way: 'email', message, isAgain: true } }]);
  });

  it('wants something written', async () => {
    const { statusCode, payload } = await page.send('tell', { told: 'text', message: ' ' });
    expect([statusCode, payload.includes('Write what is to be sent'), page.sent()]).toEqual([400, true, []]);
  });

  it('says that they called it not dangerous, together with how and when', async () => {
    page.held = { ...toSend, story: [account({ contactRisky: 'no', safeContact: 'after 6 pm' })] };
    expect((await page.get('tell')).payload).toContain('They say that it is not dangerous to email or ring them. How and when, in their words: after 6 pm');
  });

  it('wants their words on reaching them read first', async () => {
    page.held = { ...toSend, story: [account({ safeContact: 'Mornings only' })] };
    expect((await page.get('tell')).payload).toContain('this way is one that they called safe');
    expect((await page.send('tell', { told: 'email', message: 'Thank you.' })).payload).toContain('Say that this way is one');
    await page.send('tell', { told: 'email', message: 'Thank you.', safe: 'yes', checked: 'Thank you.' });
    expect(page.sent()).toMatchObject([{ body: { isSafe: true } }]);
  });

  it.each([
    ['where it could be dangerous', { story: [account({ contactRisky: 'yes' })] }],
    ['where they gave no way', { story: [account({}, {})] }],
    ['where nobody carries messages', { sentBy: 'nobody' }],
    ['where the service does not permit it', { permitted: decided.permitted }],
    ['where a message is on its way', { permitted: decided.permitted, sending: { at: at(13), way: 'email' } }],
  ])('offers to send nothing %s', async (_where, change) => {
    page.held = { ...toSend, ...change };
    const { payload } = await page.get('tell');
    expect([payload.includes('Send it by'), payload.includes('They have been told')]).toEqual([false, true]);
  });

  it('drafts nothing for whoever may be causing the harm, and says why', async () => {
    page.held = { ...toSend, permitted: decided.permitted, mayBeSource: true };
    const { payload } = await page.get('tell');
    expect([/<textarea[^>]*id="message"[^>]*>([^<]*)/.exec(payload)?.[1], payload.includes('Nothing is sent to them from here')]).toEqual(['', true]);
  });

  it('says on the page of the concern that nothing reaches whoever may be causing the harm, until somebody says with a reason that they are not', async () => {
    const permitted = [...decided.permitted, 'JudgeReferrer'];
    page.held = { ...toSend, permitted, mayBeSource: true };
    for (const act of ['', 'tell']) expect((await page.get(act)).payload).toContain(`href="${page.path('close-to-harm')}"`);
    expect((await page.get()).payload).toContain('So nothing reaches them by itself: no code to follow it by');
    expect((await page.send('close-to-harm', { close: 'no' })).payload).toContain('Say how you know');
    await page.send('close-to-harm', { close: 'no', reason: 'A worker who saw it.' });
    expect(page.sent()).toMatchObject([{ to: `/concerns/${id}/referrer-judged`, body: { mayBeSource: false, reason: 'A worker who saw it.' } }]);
    page.held = { ...toSend, permitted, story: [...toSend.story, { sequence: 4, type: 'ReferrerJudged', at: at(13), actor: 'staff-triage-1', mayBeSource: false, reason: 'A worker who saw it.' }] };
    const { payload } = await page.get();
    expect(['nothing reaches them by itself', 'No: somebody found that they are not close to it', 'Whoever raised it is not close to the harm'].map((text) => payload.includes(text))).toEqual([false, true, true]);
    page.held = { ...page.held, mayBeSource: true, story: [...toSend.story, { sequence: 4, type: 'ReferrerJudged', at: at(13), actor: 'staff-triage-1', mayBeSource: true, reason: 'It was they.' }] };
    expect((await page.get()).payload).toContain('A colleague found that whoever raised it may be causing the harm');
  });

  it('says what did not arrive, and begins with it', async () => {
    page.held = { ...toSend, notSent: { at: at(14), way: 'email', reason: 'address_refused' }, story: [...toSend.story, written] };
    const { payload } = await page.get('tell');
    for (const text of ['The last message did not arrive. The address or number was not taken', '>Thank you, again.</textarea>']) expect(payload).toContain(text);
    expect((await page.get()).payload).toContain('A message by email did not arrive');
  });

  it('is done with in one place where a further message did not arrive: it is written again, told otherwise, or left with a reason', async () => {
    page.held = { ...toSend, feedback: 'told', notSent: { at: at(14), way: 'email', reason: 'address_refused' }, story: [account(), written] };
    const { payload } = await page.get();
    expect([payload.includes('Yes. A message by email did not arrive'), payload.includes(`href="${page.path('tell')}"`), payload.includes(page.path('write-again'))]).toEqual([true, true, false]);
    expect((await page.get('tell')).payload).toContain('They will be told no more');
    for (const fields of [{ told: 'text', message: 'Thank you.', checked: 'Thank you.' }, { told: 'yes', message: 'Rang.' }, { told: 'no', reason: 'No way left.' }]) await page.send('tell', fields);
    expect(page.sent().map(({ to, body }) => [to.split('/').at(-1), body])).toEqual([
      ['message', { way: 'text', message: 'Thank you.', isSafe: false, isAgain: true }], ['feedback', { told: true, message: 'Rang.' }], ['feedback', { told: false, reason: 'No way left.' }],
    ]);
  });

  it.each([['owed', 'Not yet: a message'], ['told', 'Yes; a further message'], ['not_told', 'No, with a reason; a message']])('begins with whether they were told where a message is on its way: %s', async (feedback, words) => {
    page.held = { ...toSend, feedback, sending: { at: at(13), way: 'text' } };
    expect((await page.get()).payload).toContain(`${words} is on its way by text message`);
  });

  it('shows on the page of the concern that it is on its way, and in its story that it arrived', async () => {
    page.held = { ...toSend, sending: { at: at(13), way: 'text' }, story: [...toSend.story, written] };
    const before = (await page.get()).payload;
    expect(before).toContain('a message is on its way by text message');
    // Nothing is to be done just now: it is among what else there is.
    expect(before).toContain(page.path('tell'));
    expect(before).not.toMatch(/role="button"[^>]*>\s*Tell whoever raised it/);
    page.held = { ...toSend, feedback: 'told', story: [...toSend.story, written, { sequence: 5, type: 'ReferrerTold', at: at(14), actor: null, message: 'Thank you, again.', way: 'email' }] };
    const { payload } = await page.get();
    expect([payload.includes('The message by email arrived'), payload.split('Thank you, again.').length]).toEqual([true, 2]);
  });
});
