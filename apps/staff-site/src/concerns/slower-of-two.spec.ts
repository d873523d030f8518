import { ACasePage, at, decided, decision, id, waiting } from '../../test/a-case-page.js';

describe('a form by which something is done with a concern', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => page.begin());

  it('says what the rules say, and keeps what was typed', async () => {
    page.taken = () => Response.json({ status: 409, detail: 'No further action cannot go with another route.', code: 'concern/no-further-action-stands-alone' }, { status: 409 });
    const reply = await page.send('decide', { ...decision, outcome: 'no_further_action', further_routes: 'review' });
    expect(reply.statusCode).toBe(409);
    for (const text of ['No further action cannot go with another route.', 'href="#further_routes"', '>all three</textarea>']) expect(reply.payload).toContain(text);
  });

  it('tells the slower of two what changed, keeps what they typed, and takes it on what there is now', async () => {
    page.taken = () => {
      page.held = { ...waiting, sequence: 6, wishes: 'asked_not_expressed' };
      return Response.json({ status: 412, detail: 'changed', sequence: 5, changes: [{ type: 'MoreAnswered', at: at(11), actor: 'staff-triage-2' }] }, { status: 412 });
    };
    const { statusCode, payload } = await page.send('decide', decision);
    expect(statusCode).toBe(412);
    for (const text of ['Somebody else changed this concern', 'A Colleague: More came', '>bedbound</textarea>', '>asleep</textarea>', 'name="seen" value="5"', 'class="govuk-error-summary" tabindex="-1" autofocus role="alert"']) expect(payload).toContain(text);
  });

  it('does not have the slower of two send again what is not open to it any more', async () => {
    page.taken = () => {
      page.held = { ...waiting, sequence: 5, status: 'triaged', permitted: [] };
      return Response.json({ status: 412, detail: 'changed', sequence: 5, changes: [{ type: 'ConcernTriaged', at: at(11), actor: 'staff-triage-2' }] }, { status: 412 });
    };
    const { payload } = await page.send('decide', decision);
    for (const text of ['Somebody else decided this concern while you wrote', 'the concern is not open to this any more', '>bedbound</textarea>']) expect(payload).toContain(text);
    for (const text of ['send them again', 'Keep this for now']) expect(payload).not.toContain(text);
  });

  it('keeps the other button of the form on which a concern is decided open to the slower of two who press it', async () => {
    page.taken = () => {
      page.held = { ...waiting, sequence: 3, story: [...waiting.story, { sequence: 3, type: 'LimbsConsidered', at: at(11), actor: 'staff-triage-2' }] };
      return Response.json({ status: 412, detail: 'changed', sequence: 3, changes: [{ type: 'LimbsConsidered', at: at(11), actor: 'staff-triage-2' }] }, { status: 412 });
    };
    const { payload } = await page.sendAs('decide', 'consider', decision);
    for (const text of ['A Colleague: Judged so far, and not decided', 'Keep this for now', 'mine is to stand in its place', '>bedbound</textarea>']) expect(payload).toContain(text);
    expect(payload).not.toContain('not open to this any more');
  });

  const changed = (more: object) => ({ ...waiting, sequence: 3, ...more });
  const deciding = { sequence: 3, type: 'ConcernTriaged', at: at(11), actor: 'staff-triage-2', outcome: 's42_enquiry' };

  it('says at once that it was decided meanwhile, by whom, whatever is wrong with the form, and leaves what was typed to be read', async () => {
    const opened = await page.get('decide');
    page.held = changed({ ...decided, story: [...waiting.story, deciding] });
    const { statusCode, payload } = await page.site.sendFrom(opened, page.path('decide'), { ...decision, ask: 'consent' });
    expect([statusCode, page.sent()]).toEqual([412, []]);
    for (const text of ['Somebody else decided this concern while you wrote', 'A Colleague: Decided: Section 42 enquiry', '>bedbound</textarea>', 'Back to the concern']) expect(payload).toContain(text);
    for (const text of ['It was not recorded', 'You put down what to ask for', `action="${page.path('decide')}"`, 'Keep this for now', 'Cannot tell yet?', 'formaction']) expect(payload).not.toContain(text);
  });

  it('says of any form that is not open any more that it is not, with no button to send it', async () => {
    const opened = await page.get('answer');
    page.held = changed({ ...decided, sequence: 4, permitted: [], missing: [], story: [...waiting.story, { sequence: 3, type: 'MoreAnswered', at: at(11), actor: 'staff-triage-2', what: ['person_address', 'wishes'] }] });
    const { statusCode, payload } = await page.site.sendFrom(opened, page.path('answer'), { source: 'Her niece' });
    expect(statusCode).toBe(412);
    for (const text of ['Somebody else changed this concern while you wrote', 'A Colleague: Came: where they live', 'Back to the concern']) expect(payload).toContain(text);
    expect(payload).not.toContain(`action="${page.path('answer')}"`);
  });

  it('calls whoever raised it by that who added to it meanwhile, and not by the program of the form', async () => {
    const [received] = waiting.story;
    const raised = { ...waiting, story: [{ ...received, actor: 'public-form' }, ...waiting.story.slice(1)] };
    page.held = raised;
    const opened = await page.get('answer');
    page.held = { ...raised, sequence: 3, story: [...raised.story, { sequence: 3, type: 'MoreAnswered', at: at(11), actor: 'public-form', what: [], from: 'referrer', answer: 'Inventedmore.' }] };
    page.taken = () => Response.json({ status: 412, detail: 'changed', sequence: 3 }, { status: 412 });
    const { payload } = await page.site.sendFrom(opened, page.path('answer'), { answer_person_address: 'A road', source: 'Her niece' });
    expect([payload.includes('whoever raised it: Whoever raised it wrote more'), payload.includes('public-form')]).toEqual([true, false]);
  });

  it('does not call somebody else whoever changed it themselves, nor a message', async () => {
    const opened = await page.get('decide');
    const titleAfter = async (actor: string | null) => {
      page.held = changed({ story: [...waiting.story, { sequence: 3, type: 'PersonIdentified', at: at(11), actor }] });
      const { payload } = await page.site.sendFrom(opened, page.path('decide'), { ...decision, ask: 'consent' });
      return /role="alert"><h2 class="govuk-error-summary__title">([^<]*)/.exec(payload)?.[1];
    };
    expect([await titleAfter('staff-triage-1'), await titleAfter(null), await titleAfter('staff-triage-2')]).toEqual([
      'You changed this concern after you opened this form', 'This concern changed while you wrote', 'Somebody else changed this concern while you wrote',
    ]);
  });

  it('says of a form whether it is recorded itself, or something that its sender did besides', async () => {
    const opened = await page.get('decide');
    const saidAfter = async (...types: [string, string][]) => {
      const story = types.map(([type, actor], index) => ({ sequence: 3 + index, type, at: at(11), actor }));
      page.held = changed({ ...decided, sequence: 2 + types.length, story: [...waiting.story, ...story] });
      const { payload } = await page.site.sendFrom(opened, page.path('decide'), { ...decision, ask: 'consent' });
      return /<p>([^<]*), and what you typed is below/.exec(payload)?.[1];
    };
    const [me, other] = ['staff-triage-1', 'staff-triage-2'];
    expect([
      await saidAfter(['ConcernAssigned', me]),
      await saidAfter(['ConcernTriaged', me], ['ReferrerTold', other]),
      await saidAfter(['ConcernTriaged', other]),
    ]).toEqual(['What you did before stands. This form was not recorded', 'What you did is recorded. Nothing was added to it now', 'Nothing of yours was recorded']);
  });

  it('shows of a form that is not whole and was changed meanwhile both, and takes it on what there is now', async () => {
    const opened = await page.get('decide');
    page.held = changed({ story: [...waiting.story, { sequence: 3, type: 'ConcernAssigned', at: at(11), actor: 'staff-triage-2', to: 'staff-triage-2' }] });
    const { statusCode, payload } = await page.site.sendFrom(opened, page.path('decide'), { ...decision, ask: 'consent' });
    expect([statusCode, page.sent()]).toEqual([400, []]);
    for (const text of ['You put down what to ask for', 'Somebody else changed this concern', 'A Colleague: A Colleague took it', 'name="seen" value="3"', '>bedbound</textarea>', 'Keep this for now']) expect(payload).toContain(text);
  });

  it('keeps what was typed, and its key, while triage is away', async () => {
    page.taken = () => Response.json({}, { status: 503 });
    const { statusCode, payload } = await page.send('decide', decision);
    expect(statusCode).toBe(503);
    expect(payload).toContain(`name="key" value="${page.sent()[0]!.headers['idempotency-key']}"`);
    for (const text of ['>all three</textarea>', 'It is not known whether it was recorded', 'it is recorded once', `href="/concerns/${id}" target="_blank"`]) expect(payload).toContain(text);
    expect(payload).not.toContain('It was not recorded');
  });

  it('says of a form that was recorded, its answer lost, and is sent again otherwise that it was', async () => {
    page.taken = () => Response.json({ status: 422, detail: 'this Idempotency-Key was used before', code: 'idempotency/key-reused' }, { status: 422 });
    const opened = await page.get('decide');
    page.held = { ...waiting, sequence: 7 };
    const { statusCode, payload } = await page.site.sendFrom(opened, page.path('decide'), { ...decision, reason: 'Otherwise.' });
    expect(statusCode).toBe(422);
    for (const text of ['You sent this form before, and that was recorded', `href="/concerns/${id}" target="_blank"`, '>Otherwise.</textarea>', 'name="seen" value="7"']) expect(payload).toContain(text);
    expect(payload).not.toContain(page.sent()[0]!.headers['idempotency-key']);
    // Where that has ended what the form is for, it cannot be sent at all.
    page.held = { ...decided, story: waiting.story };
    expect((await page.site.sendFrom(opened, page.path('decide'), { ...decision, seen: '3' })).payload).not.toContain(`action="${page.path('decide')}"`);
  });

  it('is said not to be recorded where triage cannot be reached, and keeps the same', async () => {
    page.taken = () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
    };
    const { statusCode, payload } = await page.send('decide', decision);
    expect(statusCode).toBe(503);
    for (const text of ['It was not recorded', 'nothing was sent', '>all three</textarea>', `name="key" value="${page.sent()[0]!.headers['idempotency-key']}"`]) expect(payload).toContain(text);
    expect(payload).not.toContain('It is not known');
  });
});
