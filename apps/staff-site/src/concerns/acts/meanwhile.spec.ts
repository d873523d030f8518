import { ACasePage, at, decision, waiting } from '../../../test/a-case-page.js';

const by = 'staff-triage-2';
const entry = (sequence: number, told: object) => ({ sequence, at: at(11), recordedAt: at(11), actor: by, ...told });
const wishes = (sequence = 3) => entry(sequence, { type: 'WishesRecorded', wishes: { answer: 'asked_and_expressed', words: 'To stay, without Sam.' } });
const danger = (sequence = 3) => entry(sequence, { type: 'ConcernCorrected', correction: { field: 'immediateRisk', value: true }, reason: 'He is back.' });
const limb = (answer: string | null, reason: string | null) => ({ answer, reason });
const considered = (sequence = 3) => entry(sequence, { type: 'LimbsConsidered', limbs: { needs: limb('no', 'manages alone'), risk: limb(null, null), unable: limb(null, null) } });

describe('what was recorded while somebody wrote', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => page.begin());

  /** The concern as it is once a colleague has done this; whoever is slower is told of it in kinds alone. */
  const after = (...told: { sequence: number; type?: string }[]) => ({ ...waiting, permitted: [...waiting.permitted, 'JudgeReferrer'], sequence: 2 + told.length, wishes: told.some(({ type }) => type === 'WishesRecorded') ? 'asked_and_expressed' : null, story: [...waiting.story, ...told] });
  function conflict(...told: Parameters<typeof after>): void {
    page.taken = () => {
      page.held = after(...told);
      return Response.json({ status: 412, detail: 'changed', sequence: 2 + told.length, changes: told.map(({ type }) => ({ type, at: at(11), actor: by })) }, { status: 412 });
    };
  }
  const taken = () => {
    page.taken = () => Response.json({ id: waiting.id, sequence: 9 });
  };
  const sentSince = (before: number) => page.sent().slice(before).map(({ body }) => body);

  it('is told with what it came to, beside a way to the concern that keeps the form', async () => {
    conflict(danger(), wishes(4));
    const { payload } = await page.send('decide', { ...decision, wishes: '', wishes_words: '' });
    for (const text of ['A Colleague: Put right: immediate risk', 'Now: Yes', 'He is back.', 'What the person wants: asked, and said what they want', 'To stay, without Sam.', 'target="_blank" rel="noopener">Look at the concern as it is now (opens in a new tab)</a>']) expect(payload).toContain(text);
  });

  it('says which decision was made', async () => {
    page.taken = () => {
      page.held = { ...after(entry(3, { type: 'ConcernTriaged', outcome: 'no_further_action', reason: 'Nothing to it.' }) as never), status: 'triaged', permitted: [] };
      return Response.json({ status: 412, sequence: 3, changes: [{ type: 'ConcernTriaged', at: at(11), actor: by }] }, { status: 412 });
    };
    const { payload } = await page.send('decide', decision);
    for (const text of ['A Colleague: Decided: No further action', 'Nothing to it.']) expect(payload).toContain(text);
  });

  it.each(['decide', 'consider'])('is not written over by what the person wants: theirs stands in the form that comes back, and by %s is recorded once', async (act) => {
    conflict(wishes());
    const back = await page.sendAs('decide', act, decision);
    for (const text of ['You had put down: “Not asked: asleep”', '>To stay, without Sam.</textarea>', 'value="asked_and_expressed" checked', '>bedbound</textarea>']) expect(back.payload).toContain(text);
    taken();
    const before = page.sent().length;
    const { wishes: _answer, wishes_words: _words, ...others } = decision;
    await page.site.sendFrom(back, page.path(act), { ...others, wishes: 'asked_and_expressed', wishes_words: 'To stay, without Sam.' });
    await page.site.sendFrom(back, page.path(act), { ...others, wishes: 'asked_not_expressed' });
    expect(sentSince(before)).toMatchObject([{ limbs: {} }, { wishes: { asked: 'asked_not_expressed' } }]);
    expect(sentSince(before)[0]).not.toHaveProperty('wishes');
  });

  it.each<[string, Record<string, string>, { sequence: number; type?: string }]>([
    ['decide', decision, considered()],
    ['wishes', { wishes: 'not_asked', wishes_words: 'asleep' }, wishes()],
    ['danger', { danger: 'no', reason: 'rang' }, danger()],
    ['danger', { danger: 'no', reason: 'rang' }, entry(3, { type: 'MoreAnswered', from: 'referrer', inDanger: 'yes', immediateRisk: true })],
    ['correct-source', { value: 'service_provider', reason: 'rang' }, entry(3, { type: 'ConcernCorrected', correction: { field: 'sourceOfRisk', value: 'unknown_to_individual' }, reason: 'Seen.' })],
    ['close-to-harm', { close: 'no', reason: 'rang' }, entry(3, { type: 'ReferrerJudged', mayBeSource: true, reason: 'Seen.' })],
    ['close-to-harm', { close: 'no', reason: 'rang' }, entry(3, { type: 'ConcernCorrected', correction: { field: 'sourceOfRisk', value: 'known_to_individual' }, reason: 'Seen.' })],
    ['close-to-harm', { close: 'no', reason: 'rang' }, entry(3, { type: 'ConcernCorrected', correction: { field: 'otherAllegations', value: [] }, reason: 'Seen.' })],
    ['correct-allegations', { kind: 'domestic', source: '', place: '', reason: 'rang' }, entry(3, { type: 'ConcernCorrected', correction: { field: 'otherAllegations', value: [] }, reason: 'Seen.' })],
    ['close-to-harm', { close: 'no', reason: 'rang' }, entry(3, { type: 'ConcernCorrected', correction: { field: 'referrerType', value: 'family_or_friend' }, reason: 'Seen.' })],
  ])('is written over by %s only where somebody says so', async (act, fields, told) => {
    const asks = 'mine is to stand in its place';
    page.held = after();
    conflict(told);
    const back = await page.send(act, fields);
    expect([back.statusCode, back.payload.includes(asks)]).toEqual([412, true]);
    taken();
    const before = page.sent().length;
    const unsaid = await page.site.sendFrom(back, page.path(act), fields);
    expect([unsaid.statusCode, unsaid.payload.includes('href="#stands"'), unsaid.payload.includes(asks), sentSince(before)]).toEqual([400, true, true, []]);
    const said = await page.site.sendFrom(unsaid, page.path(act), { ...fields, stands: 'yes' });
    expect([said.statusCode, sentSince(before).length]).toEqual([303, 1]);
  });

  it('is asked of again where more came after somebody said so', async () => {
    conflict(wishes());
    const fields = { wishes: 'not_asked', wishes_words: 'asleep' };
    const back = await page.send('wishes', fields);
    conflict(wishes(), wishes(4));
    const again = await page.site.sendFrom(back, page.path('wishes'), { ...fields, stands: 'yes' });
    expect([again.statusCode, again.payload.includes('name="stands"'), /name="stands"[^>]*checked/.test(again.payload)]).toEqual([412, true, false]);
  });

  it('asks nothing where the form writes over none of it', async () => {
    conflict(danger());
    const back = await page.send('wishes', { wishes: 'not_asked', wishes_words: 'asleep' });
    expect([back.statusCode, back.payload.includes('name="stands"')]).toEqual([412, false]);
    taken();
    expect((await page.site.sendFrom(back, page.path('wishes'), { wishes: 'not_asked', wishes_words: 'asleep' })).statusCode).toBe(303);
  });
});
