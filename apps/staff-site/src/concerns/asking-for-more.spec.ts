import { aCasePage, at, decided, id, waiting } from '../../test/a-case-page.js';

const page = await aCasePage();

describe('asking for more of a concern', () => {
  it('asks for what is missing, ticked beforehand', async () => {
    const { payload } = await page.get('ask');
    expect(payload.match(/value="person_address" checked/g)).toHaveLength(1);
    await page.send('ask', { what: 'wishes', words: 'Rang.' });
    expect(page.sent()[0]).toMatchObject({ to: `/concerns/${id}/ask`, body: { what: ['wishes'], message: 'Rang.' } });
  });

  it('says whether whoever raised it hears that more is wanted', async () => {
    const asked = (notice: object) => ({ ...waiting, story: [...waiting.story, { sequence: 3, type: 'MoreAskedFor', at: at(11), recordedAt: at(11), actor: 'staff-triage-1', what: ['person_address'], message: 'Rang.', notice }] });
    page.held = asked({ way: 'email', sendingId: 'sending-1' });
    expect((await page.get('')).payload).toContain('A short notice that more is wanted is to be sent to whoever raised it by email.');
    page.held = asked({ not: 'contact_unsafe' });
    expect((await page.get('')).payload).toContain('No notice is sent to whoever raised it: they say that it could be dangerous');
  });

  it('asks nobody without saying whom', async () => {
    for (const [act, field] of [['ask', 'words'], ['consider', 'ask_words']] as const) {
      const { statusCode, payload } = await page.sendAs(act === 'ask' ? 'ask' : 'decide', act, { what: 'wishes', ask: 'wishes', [field]: ' ' });
      expect([statusCode, payload.includes('Say whom you asked, and in which words'), payload.includes(`href="#${field}"`), page.sent()]).toEqual([400, true, true, []]);
    }
  });

  it('says on the page that asks that whoever raised it sees it and can answer, unless they may not', async () => {
    expect((await page.get('ask')).payload).toContain('No notice is sent to whoever raised it: they have no page on which they would see it.');
    const account = { worry: 'x', referrer: { email: 'neighbour@example.test' } };
    const followed = { ...waiting, followedBy: 'account', sentBy: 'outbox', ways: ['email'], story: [{ ...waiting.story[0], account: JSON.stringify(account) }] };
    page.held = followed;
    for (const said of ['on their own page of the partner site, and can answer there', 'Send them a short notice by email, to neighbour@example.test']) expect((await page.get('ask')).payload).toContain(said);
    page.held = { ...followed, ways: [] };
    expect((await page.get('ask')).payload).toContain('No notice is sent to whoever raised it: they gave no way to send it to.');
    page.held = { ...followed, hears: true };
    expect((await page.get('ask')).payload).toContain('Their system is told at once that more is wanted');
    page.held = { ...waiting, mayBeSource: true };
    const { payload } = await page.get('ask');
    expect([payload.includes('can answer there'), payload.includes('their page shows nothing of what is asked for')]).toEqual([false, true]);
  });

  it('calls nobody out of reach who raised it with an account', async () => {
    const unreachable = { ...waiting, story: [{ ...waiting.story[0], account: JSON.stringify({ worry: 'x', referrer: {} }) }] };
    page.held = unreachable;
    expect((await page.get('ask')).payload).toContain('gave no way to reach them');
    page.held = { ...unreachable, followedBy: 'account' };
    const { payload } = await page.get('ask');
    expect([payload.includes('gave no way to reach them'), payload.includes('They have an account')]).toEqual([false, true]);
  });

  it('tells what whoever raised it wrote themselves as theirs, and that it is new', async () => {
    const story = [...waiting.story, { sequence: 3, type: 'MoreAnswered', at: at(12), recordedAt: at(12), actor: 'staff-partner-1', what: ['person_address'], answer: 'At her <sister’s>.', from: 'referrer' }];
    page.held = { ...waiting, story, moreCameAt: at(12) };
    const { payload } = await page.get();
    for (const text of ['Whoever raised it answers what was asked: where they live', ', whoever raised it</p>', 'At her &lt;sister’s&gt;.', 'Whoever raised it wrote more, 1 July 2026, 1:00pm']) expect(payload).toContain(text);
    expect(payload).not.toContain('staff-partner-1');
    page.held = { ...decided, story, moreCameAt: at(13) };
    expect((await page.get()).payload).toContain('wrote more since it was decided, 1 July 2026, 2:00pm');
  });
});

describe('the notice that more is wanted', () => {
  const account = (details: object) => ({ ...waiting.story[0], account: JSON.stringify({ worry: 'x', referrer: { email: 'neighbour@example.test' }, details }) });
  const with_ = (details: object, ...story: object[]) => ({ ...waiting, followedBy: 'account', sentBy: 'outbox', ways: ['email'], mayBeSource: false, story: [account(details), ...story] });
  const judged = { sequence: 2, type: 'ReferrerJudged', at: at(10), recordedAt: at(10), actor: 'staff-triage-1', mayBeSource: false, reason: 'Rang. (Invented.)' };
  const corrected = { sequence: 2, type: 'ConcernCorrected', at: at(10), recordedAt: at(10), actor: 'staff-triage-1', correction: { field: 'sourceOfRisk', value: null } };
  const chosen = /name="notify" type="checkbox" value="yes"( checked)?/;

  it.each([
    ['where they answered no to danger and wished for nothing', with_({ contactRisky: 'no' }), true],
    ['not where they said nothing of danger', with_({}), false],
    ['not where they said how it is safe', with_({ contactRisky: 'no', safeContact: 'after 6 pm' }), false],
    ['not where somebody was judged not to be close to the harm', with_({ contactRisky: 'no' }, judged), false],
    ['not where it was put right who may have done it', with_({ contactRisky: 'no' }, corrected), false],
  ])('is chosen beforehand on both pages %s', async (_when, held, isChosen) => {
    page.held = held;
    for (const act of ['ask', 'decide']) {
      const { payload } = await page.get(act);
      expect([payload.includes('Send them a short notice by email, to neighbour@example.test'), chosen.exec(payload)?.[1]]).toEqual([true, isChosen ? ' checked' : undefined]);
    }
  });

  it('goes where it is chosen alone, and as safe where an officer says so', async () => {
    page.held = with_({ contactRisky: 'no' });
    await page.send('ask', { what: 'wishes', words: 'Rang.' });
    await page.send('ask', { what: 'wishes', words: 'Rang.', notify: 'yes' });
    await page.sendAs('decide', 'consider', { ask: 'wishes', ask_words: 'Rang.' });
    await page.sendAs('decide', 'consider', { ask: 'wishes', ask_words: 'Rang.', notify: 'yes' });
    page.held = with_({});
    await page.send('ask', { what: 'wishes', words: 'Rang.', notify: 'yes' });
    const asked = (page.sent() as { body: { ask?: object } }[]).map(({ body }) => (body.ask ?? body) as { notify?: boolean; isSafe?: boolean });
    expect(asked.map(({ notify, isSafe }) => [notify, isSafe])).toEqual([[undefined, undefined], [true, undefined], [undefined, undefined], [true, undefined], [true, true]]);
  });

  it('is told not to have arrived, in the story and above it, until they are asked anew', async () => {
    const asked = (sequence: number) => ({ sequence, type: 'MoreAskedFor', at: at(10), recordedAt: at(10), actor: 'staff-triage-1', what: ['wishes'], message: 'Rang.', notice: { way: 'email' } });
    const lost = { sequence: 3, type: 'NoticeNotSent', at: at(11), recordedAt: at(11), actor: null, way: 'email', reason: 'not_delivered' };
    page.held = with_({ contactRisky: 'no' }, asked(2), lost);
    const { payload } = await page.get('');
    for (const said of ['It did not arrive by email: It was sent, and nobody was reached there. Ask them otherwise', 'The notice that more is wanted did not arrive by email']) expect(payload).toContain(said);
    page.held = with_({ contactRisky: 'no' }, asked(2), lost, asked(4));
    expect((await page.get('')).payload).not.toContain('Ask them otherwise');
  });

  it('is told not to have been sent where it was decided while that waited, and nobody is to ask otherwise', async () => {
    const entry = (sequence: number, type: string, more: object = {}) => ({ sequence, type, at: at(8 + sequence), recordedAt: at(8 + sequence), actor: 'staff-triage-1', ...more });
    const story = [entry(2, 'MoreAskedFor', { what: ['wishes'], message: 'Rang.', notice: { way: 'email' } }), entry(3, 'ConcernTriaged', { outcome: 'no_further_action' }), entry(4, 'NoticeNotSent', { way: 'email', reason: 'decided' })];
    page.held = { ...decided, ...with_({ contactRisky: 'no' }, ...story), status: 'triaged' };
    expect((await page.get()).payload).toMatch(/The notice that more is wanted was not sent by email[^]*The concern was decided while it waited/);
    page.held = with_({ contactRisky: 'no' }, ...story, entry(5, 'ConcernReopened'));
    expect((await page.get()).payload).not.toMatch(/did not arrive|Ask them otherwise/);
  });

  it('is not to be chosen where it cannot go', async () => {
    page.held = with_({ contactRisky: 'yes' });
    for (const act of ['ask', 'decide']) expect((await page.get(act)).payload).toMatch(/No notice is sent to whoever raised it: they say that it could be dangerous/);
    await page.send('ask', { what: 'wishes', words: 'Rang.', notify: 'yes' });
    expect(page.sent()).toMatchObject([{ body: expect.not.objectContaining({ notify: true }) as object }]);
  });
});
