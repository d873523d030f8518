import { aCasePage, at, decided, id, waiting } from '../../test/a-case-page.js';

const page = await aCasePage();

describe('a concern', () => {
  it('says that whoever raised it was not sure whether the person is in danger', async () => {
    const account = JSON.stringify({ worry: 'She is thin.', details: { inDanger: 'not_sure' } });
    page.held = { ...waiting, immediateRisk: null, story: [{ ...waiting.story[0], account }] };
    expect((await page.get()).payload).toContain('Whoever raised it was not sure');
    page.held = { ...page.held, immediateRisk: false };
    expect((await page.get()).payload).not.toContain('Whoever raised it was not sure');
  });

  it('is put right where the person turns out to be in danger', async () => {
    await page.send('danger', { danger: 'yes', reason: 'Her neighbour rang.' });
    expect(page.sent()).toMatchObject([{ to: `/concerns/${id}/correct`, body: { field: 'immediateRisk', value: true, reason: 'Her neighbour rang.' } }]);
  });

  it('stands as in danger now where whoever raised it says so later, whatever an officer had found', async () => {
    const found = { sequence: 3, type: 'ConcernCorrected', at: at(11), recordedAt: at(11), actor: 'staff-triage-2', correction: { field: 'immediateRisk', value: false }, reason: 'Rang her.' };
    const told = { sequence: 4, type: 'MoreAnswered', at: at(12), recordedAt: at(12), actor: 'staff-partner-1', what: ['immediate_risk', 'person_address'], answer: 'He is back.', from: 'referrer', inDanger: 'yes', immediateRisk: true };
    const story = [...waiting.story, found, told];
    page.held = { ...waiting, story, moreCameAt: at(12) };
    const { payload } = await page.get();
    for (const text of ['The person is said to be in danger now', 'Yes, as whoever raised it said on 1 July 2026, 1:00pm', 'Whoever raised it says: they are in danger now and answers what was asked: where they live', 'Put right: immediate risk']) expect(payload).toContain(text);
    page.held = { ...decided, story: [...waiting.story, { sequence: 3, type: 'ConcernTriaged', at: at(11), recordedAt: at(11), actor: 'staff-triage-2', outcome: 'no_further_action' }, told], moreCameAt: at(12), dangerToldAt: at(12), permitted: [...decided.permitted, 'ReopenConcern', 'SeeToDanger'] };
    for (const text of ['Whoever raised it said, after it was decided, that the person is in danger now: 1 July 2026, 1:00pm', `href="${page.path('reopen')}"`]) expect((await page.get()).payload).toContain(text);
    expect((await page.send('danger-seen-to', { reason: '' })).statusCode).toBe(400);
    await page.send('danger-seen-to', { reason: 'The police are there.' });
    expect(page.sent()).toMatchObject([{ to: page.path('danger-seen-to'), body: { reason: 'The police are there.' } }]);
    page.held = { ...waiting, story: [...story, { ...told, sequence: 5, inDanger: 'no', immediateRisk: undefined, what: [], answer: null }], moreCameAt: at(12) };
    for (const text of ['The person is said to be in danger now', 'Whoever raised it says: they are not in danger now']) expect((await page.get()).payload).toContain(text);
  });

  it('that is decided is taken back from danger by an officer, and stays so whatever else is written', async () => {
    const entry = (sequence: number, more: object) => ({ sequence, at: at(10 + sequence), recordedAt: at(10 + sequence), actor: 'staff-triage-2', ...more });
    const said = [entry(3, { type: 'ConcernTriaged', outcome: 'no_further_action' }), entry(4, { type: 'MoreAnswered', actor: 'staff-partner-1', from: 'referrer', inDanger: 'yes', immediateRisk: true })];
    const held = { ...decided, permitted: [...decided.permitted, 'CorrectConcern'], missing: [] };
    const danger = async () => {
      const { payload } = await page.get();
      return ['after it was decided, that the person is in danger now', `href="${page.path('danger')}"`].map((text) => payload.includes(text));
    };
    page.held = { ...held, immediateRisk: true, story: [...waiting.story, entry(4, { type: 'ConcernCorrected', correction: { field: 'immediateRisk', value: true }, reason: 'Her sister rang.' })], dangerToldAt: at(14) };
    expect((await page.get()).payload).toContain('It was recorded, after it was decided, that the person is in danger now');
    page.held = { ...held, immediateRisk: true, story: [...waiting.story, ...said], moreCameAt: at(14), dangerToldAt: at(14) };
    expect(await danger()).toEqual([true, true]);
    await page.send('danger', { danger: 'no', reason: 'Rang her.' });
    expect(page.sent()).toMatchObject([{ to: page.path('correct'), body: { field: 'immediateRisk', value: false } }]);
    const story = [...waiting.story, ...said, entry(5, { type: 'ConcernCorrected', correction: { field: 'immediateRisk', value: false }, reason: 'Rang her.' }), entry(6, { type: 'MoreAnswered', actor: 'staff-partner-1', from: 'referrer', answer: 'Thank you.' })];
    page.held = { ...held, immediateRisk: false, story, moreCameAt: at(16) };
    expect(await danger()).toEqual([false, true]);
  });

  it('that was decided as of somebody who is not in danger offers to record that they are, never before what comes next', async () => {
    const safe = { ...decided, permitted: [...decided.permitted, 'CorrectConcern'], missing: [], immediateRisk: false };
    page.held = safe;
    const link = `href="${page.path('danger')}"`;
    const { payload } = await page.get();
    expect(payload).toMatch(new RegExp(`<li><a class="govuk-link" ${link}>Record that they are in danger now</a></li>`));
    expect(payload).toMatch(new RegExp(`<dd[^>]*>\\s*No\\s*</dd>\\s*<dd[^>]*>\\s*<a[^>]* ${link}>\\s*Change<span class="govuk-visually-hidden"> in danger now`));
    const form = (await page.get('danger')).payload;
    for (const text of ['Is the person in danger now?', 'This was decided as “Section 42 enquiry”, and that stands.']) expect(form).toContain(text);
    await page.send('danger', { danger: 'yes', reason: 'Her sister rang.' });
    expect(page.sent()).toMatchObject([{ to: page.path('correct'), body: { field: 'immediateRisk', value: true, reason: 'Her sister rang.' } }]);
    for (const permitted of [['CorrectConcern'], ['CorrectConcern', 'ReopenConcern']]) {
      page.held = { ...safe, permitted, feedback: 'told' };
      expect((await page.get()).payload).not.toMatch(new RegExp(`${link}[^>]*class="govuk-button"|class="govuk-button"[^>]*${link}`));
    }
    page.held = { ...safe, immediateRisk: null };
    expect((await page.get()).payload).toMatch(new RegExp(`<li><a class="govuk-link" ${link}>Record whether they are in danger</a></li>`));
    for (const held of [{ ...waiting, immediateRisk: false }, { ...safe, immediateRisk: true }]) {
      page.held = held;
      expect((await page.get('danger')).payload).not.toContain('This was decided');
    }
  });
});
