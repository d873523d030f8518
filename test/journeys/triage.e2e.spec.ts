import { eventually } from '../asking.ts';
import { barriers, signInAs, widths } from '../browser.ts';
import { answerSteps, everyStep } from '../concern-form.ts';
import { answerAll, otherOutcomes } from '../decision-form.ts';
import { inABrowser } from '../in-a-browser.ts';
import { decision, raise } from '../line.ts';

const { wishes: _wishes, ...withoutWishes } = raise;

const { system, inBrowser, visitor } = await inABrowser();

/** A partner raises a concern, and `people` says whom it is about. */
async function raised(more: object = {}, by = 'staff-partner-1'): Promise<string> {
  const { status, body } = await system.as('triage', by).post('/concerns', { ...withoutWishes, ...more });
  expect(status).toBe(201);
  await eventually(async () => (await system.as('triage', 'staff-triage-1').get(`/concerns/${body.id}`)).body.personId, (personId) => personId !== null);
  return body.id as string;
}

async function officer(path: string, options: { javaScriptEnabled?: boolean; viewport?: { width: number; height: number }; who?: string } = {}) {
  const { who = 'staff-triage-1', ...rest } = options;
  const visiting = await visitor(rest);
  await visiting.page.goto(`${system.running.sites.staff}${path}`);
  await signInAs(visiting.page, who);
  await visiting.page.waitForURL((url) => url.href.startsWith(system.running.sites.staff));
  return visiting;
}

inBrowser.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a triage officer, %s', (_how, javaScriptEnabled) => {
  it.each(otherOutcomes)('comes to the outcome %s', async (outcome, code, no, more) => {
    const id = await raised();
    const { page, context, complaints } = await officer(`/concerns/${id}/decide`, { javaScriptEnabled });
    await answerAll(page);
    await page.getByRole('group', { name: `(${no})` }).getByLabel('No', { exact: true }).check();
    await page.getByRole('group', { name: 'Outcome' }).getByLabel(outcome, { exact: true }).check();
    await more(page);
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('heading', { name: 'Tell whoever raised it' }).waitFor();
    await page.goto(`${system.running.sites.staff}/concerns/${id}`);
    expect(await page.getByText(`Decided: ${outcome}`).count()).toBe(1);
    const { body } = await system.as('triage', 'staff-triage-1').get(`/concerns/${id}`);
    expect(body).toMatchObject({ status: 'triaged', decision: { outcome: code, decidedBy: 'staff-triage-1' } });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('finds a concern in the queue by its name, decides it, and tells whoever raised it', async () => {
    const id = await raised();
    const { page, context, complaints } = await officer('/queues/triage', { javaScriptEnabled });
    const row = page.locator('tr', { has: page.locator(`a[href="/concerns/${id}"]`) });
    expect(await row.innerText()).toContain('Testa Inventedname');
    await row.getByRole('link').first().click();
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByText('You have it now.').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Testa Inventedname');
    expect(await page.getByText('Bruises on both arms').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Decide this concern' }).click();
    await answerAll(page);
    await page.getByRole('button', { name: 'Decide' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Tell whoever raised it');
    expect(await page.getByLabel('What they are told').inputValue()).toContain('section 42');
    await page.getByLabel('They have been told').check();
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByText('It is recorded. Under “Were they told” you see how it stands.').waitFor();
    expect(await page.getByText('Decided: Section 42 enquiry').count()).toBe(1);
    const { body: seenByPartner } = await system.as('triage', 'staff-partner-1').get(`/concerns/${id}`);
    expect(Object.keys(seenByPartner).toSorted()).toEqual(['abuseTypes', 'askedAt', 'authority', 'decidedAt', 'earlierMessages', 'feedback', 'id', 'isOwn', 'message', 'missing', 'receivedAt', 'reference', 'sequence', 'stage', 'status', 'told']);
    const { body } = await system.as('triage', 'staff-triage-1').get(`/concerns/${id}`);
    expect(body).toMatchObject({ status: 'triaged', feedback: 'told', decision: { outcome: 's42_enquiry', decidedBy: 'staff-triage-1' } });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says at which place it happened, and sees what else came from there', async () => {
    const [id, other] = [await raised(), await raised()];
    const colleague = system.as('triage', 'staff-triage-2');
    const { body: known } = await system.as('directory', 'staff-triage-2').get('/places');
    const [court] = known.items.filter(({ name }: { name: string }) => name === 'Invented Court');
    const { etag, body } = await colleague.get(`/concerns/${other}`);
    await eventually(() => colleague.post(`/concerns/${other}/place`, { placeId: court.id }, { etag }), ({ status }) => status === 200);
    const { page, context, complaints } = await officer(`/concerns/${id}`, { javaScriptEnabled });
    await page.getByRole('link', { name: 'Say at which place' }).click();
    await page.getByLabel('What is the place called?').fill('court');
    await page.getByRole('button', { name: 'Find the place' }).click();
    await page.getByLabel('Invented House').waitFor({ state: 'detached' });
    await page.getByLabel('Invented Court').check();
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByText('It is recorded. Under “At this place” you see what else came from there.').waitFor();
    expect(await page.getByText('It happened at Invented Court').count()).toBe(1);
    await page.getByRole('link', { name: String(body.reference) }).last().click();
    await page.waitForURL(`**/concerns/${other}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('asks for what is missing, decides only when every question is answered, and keeps what can be told', async () => {
    const id = await raised();
    const { page, context } = await officer(`/concerns/${id}/ask`, { javaScriptEnabled });
    await page.getByLabel('Whom you asked, and in which words').fill('Rang the home.');
    await page.getByRole('button', { name: 'Record that it was asked for' }).click();
    await page.getByText('What was asked for is recorded. The clocks go on.').waitFor();
    await page.getByRole('button', { name: 'Decide this concern' }).click();
    await answerAll(page);
    await page.getByRole('group', { name: '(b)' }).getByLabel('Cannot yet tell').check();
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('link', { name: /cannot be told yet/ }).click();
    expect(new URL(page.url()).hash).toBe('#risk');
    expect(await page.getByLabel('How you judged (c)').inputValue()).toBe('Cannot leave her room.');
    await page.getByText('Ask for more at the same time').click();
    await page.getByLabel('when it happened').check();
    await page.getByLabel('Whom you asked, and in which words').fill('Rang the home again.');
    await page.getByRole('button', { name: 'Keep this for now' }).click();
    await page.getByText('Everything that you put down is kept.').waitFor();
    await page.getByRole('heading', { name: 'Judged so far', exact: true }).waitFor();
    expect(await page.getByText('Cannot yet tell. Bruises.').count()).toBe(2);
    await page.getByRole('button', { name: 'Decide this concern' }).click();
    expect(await page.getByLabel('How you judged (c)').inputValue()).toBe('Cannot leave her room.');
    expect(await page.getByLabel('Reason', { exact: true }).inputValue()).toBe('All three are met.');
    expect(await page.getByLabel('Section 42 enquiry').isChecked()).toBe(true);
    const { body } = await system.as('triage', 'staff-triage-1').get(`/concerns/${id}`);
    expect(body).toMatchObject({ status: 'awaiting-triage', considered: { limbs: { needs: 'yes', risk: 'cannot_yet_tell', unable: 'yes' } }, missing: expect.arrayContaining(['when_it_happened']) });
    await context.close();
  });
});

inBrowser.each(widths)('a partner, %d wide', (width) => {
  it('raises a concern in their own name, and sees how it goes on without ringing anybody', async () => {
    const ofTheirOwn = await raised({ sourceOfRisk: 'service_provider' }, 'staff-partner-2');
    const { body: decided, etag } = await system.as('triage', 'staff-triage-1').get(`/concerns/${ofTheirOwn}`);
    expect((await system.as('triage', 'staff-triage-1').post(`/concerns/${ofTheirOwn}/triage`, { ...decision, wishes: raise.wishes }, { etag })).status).toBe(200);
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 }, javaScriptEnabled: true });
    await page.goto(`${system.running.sites.partner}/concerns/raised`);
    await signInAs(page, 'staff-partner-2');
    await page.waitForURL('**/concerns/raised');
    await page.getByRole('button', { name: 'Raise a concern' }).click();
    await answerSteps(page, everyStep);
    expect(await page.locator('main').innerText()).toContain('You are signed in, and send it as West partner 2 (invented), Invented Care Homes.');
    await page.getByRole('button', { name: 'Send the concern' }).click();
    const reference = /SC-\w{4}-\w{4}/.exec(await page.getByText(/Your reference is/).innerText())![0];
    await page.getByRole('link', { name: 'see how it goes on' }).click();
    expect(await page.getByText(reference, { exact: true }).count()).toBe(1);
    // Nor does the one say it that is decided and may be about their own people.
    for (const one of [reference, decided.reference]) expect(await page.locator('.govuk-summary-list__row', { hasText: one }).innerText()).toContain('West Northamptonshire Council has it, and nobody has decided it yet.');
    expect([...(await barriers(page)), ...complaints]).toEqual([]);
    await context.close();
  });
});

inBrowser.each(widths)('a queue, %d wide', (width) => {
  it('gives several concerns to a colleague at once, and names the one that somebody changed meanwhile', async () => {
    const [one, other, changed] = [await raised(), await raised(), await raised()];
    const { page, context, complaints } = await officer('/queues/triage?has=nobody', { javaScriptEnabled: width !== widths[0], viewport: { width, height: 800 } });
    await context.route('**/queues/triage/now?*', (route) => route.fulfill({ status: 204 }));
    for (const id of [one, other, changed]) await page.locator(`#tick-${id}`).check();
    const colleague = system.as('triage', 'staff-triage-2');
    const { etag } = await colleague.get(`/concerns/${changed}`);
    expect((await colleague.post(`/concerns/${changed}/ask`, { what: ['consent'], message: 'Rang. (Invented.)' }, { etag })).status).toBe(200);
    await page.getByLabel('Who is to have those that are ticked').selectOption({ label: 'West triage officer 2 (invented)' });
    await page.getByRole('button', { name: 'Give them' }).click();
    await page.getByText('West triage officer 2 (invented) has 2 more concerns.').waitFor();
    expect(await page.getByRole('link', { name: /was not given: somebody changed it meanwhile/ }).count()).toBe(1);
    expect(await page.locator(`#tick-${changed}`).isChecked()).toBe(true);
    const found = width === widths[0] ? [] : await barriers(page);
    await page.getByRole('button', { name: 'Give them' }).click();
    await page.getByText('West triage officer 2 (invented) has 1 more concern.').waitFor();
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  });
});

inBrowser('the queue, while an officer looks at it', () => {
  it('shows what comes and what changes, and keeps what was ticked and did not change', async () => {
    const [same, changed] = [await raised(), await raised()];
    const { page, context, complaints } = await officer('/queues/triage?has=nobody');
    for (const id of [same, changed]) await page.locator(`#tick-${id}`).check();
    await page.getByLabel('Who is to have those that are ticked').selectOption({ label: 'You' });
    const colleague = system.as('triage', 'staff-triage-2');
    const { etag } = await colleague.get(`/concerns/${changed}`);
    expect((await colleague.post(`/concerns/${changed}/ask`, { what: ['consent'], message: 'Rang. (Invented.)' }, { etag })).status).toBe(200);
    const come = await raised();
    // As when somebody comes back to the window; it looks by itself every 20 seconds.
    await page.evaluate(() => (globalThis as unknown as { document: EventTarget }).document.dispatchEvent(new Event('visibilitychange')));
    await page.locator(`#tick-${come}`).waitFor({ state: 'attached' });
    expect(await Promise.all([same, changed, come].map((id) => page.locator(`#tick-${id}`).isChecked()))).toEqual([true, false, false]);
    expect(await page.getByRole('status').innerText()).toMatch(/^Changed just now\. .+ One that you had ticked has changed and is not ticked any more\.$/);
    const found = await barriers(page);
    await page.getByRole('button', { name: 'Give them' }).click();
    await page.getByText('You have 1 more concern.').waitFor();
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  });
});

inBrowser('two officers on one concern', () => {
  it('see each other: the slower is told what changed, and loses no word', async () => {
    const id = await raised();
    const { page, context } = await officer(`/concerns/${id}/decide`, { javaScriptEnabled: false });
    await answerAll(page);
    const other = system.as('triage', 'staff-triage-2');
    const { etag } = await other.get(`/concerns/${id}`);
    expect((await other.post(`/concerns/${id}/ask`, { what: ['consent'], message: 'Rang. (Invented.)' }, { etag })).status).toBe(200);
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('heading', { name: 'Somebody else changed this concern while you wrote' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('West triage officer 2 (invented)');
    expect(await page.getByLabel('How you judged (b)').inputValue()).toBe('Bruises.');
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('heading', { name: 'Tell whoever raised it' }).waitFor();
    await context.close();
  });
});

inBrowser.each(widths)('the concerns that are decided, %d wide', (width) => {
  it('are found by who decided and by their reference, from any page, and no address says what was typed', async () => {
    const id = await raised();
    const colleague = system.as('triage', 'staff-triage-2');
    const { etag, body } = await colleague.get(`/concerns/${id}`);
    expect((await colleague.post(`/concerns/${id}/triage`, { ...decision, wishes: raise.wishes }, { etag })).status).toBe(200);
    const { page, context, complaints } = await officer('/queues', { javaScriptEnabled: false, viewport: { width, height: 800 } });
    // On a phone they are folded.
    if (width === 375) await page.getByText('Other queues').click();
    await page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name: 'Decided' }).click();
    if (width === 375) await page.getByText('Choose which are shown').click();
    await page.getByLabel('Decided by').selectOption({ label: 'West triage officer 2 (invented)' });
    await page.getByRole('button', { name: 'Show' }).click();
    const row = page.locator('tr', { has: page.locator(`a[href="/concerns/${id}"]`) });
    expect(await row.innerText()).toMatch(/Testa Inventedname[^]*Section 42 enquiry[^]*West triage officer 2/);
    await page.getByLabel('Find a concern by its reference').fill('Inventedname');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('link', { name: /No concern of your council has this reference/ }).waitFor();
    expect(page.url()).toBe(`${system.running.sites.staff}/concerns/find`);
    await page.getByLabel('Find a concern by its reference').fill(String(body.reference).toLowerCase());
    await page.getByLabel('Find a concern by its reference').press('Enter');
    await page.waitForURL(`**/concerns/${id}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('let everybody in, as does looking for one that is not there', async () => {
    const { page, context, complaints } = await officer('/queues/decided', { viewport: { width, height: 800 } });
    const found = await barriers(page);
    expect((await page.getByLabel('Find a concern by its reference').boundingBox())!.width).toBeGreaterThan(150);
    await page.getByLabel('Find a concern by its reference').fill('SC-0000-0000');
    await page.getByRole('button', { name: 'Find' }).click();
    expect([...found, ...(await barriers(page)), ...complaints]).toEqual([]);
    await context.close();
  });
});

inBrowser.each(widths)('an enquiry that nobody has, %d wide', (width) => {
  it('stands with whom it is about, and is allocated from there', async () => {
    const id = await raised();
    const colleague = system.as('triage', 'staff-triage-2');
    const { etag, body } = await colleague.get(`/concerns/${id}`);
    expect((await colleague.post(`/concerns/${id}/triage`, { ...decision, wishes: raise.wishes }, { etag })).status).toBe(200);
    const manager = system.as('section42', 'staff-manager-1');
    const { body: opened } = await eventually(() => manager.get(`/enquiries?concernId=${id}`), ({ body: { items } }) => items.length === 1);
    expect(body.status).toBe('awaiting-triage');
    const { page, context, complaints } = await officer('/queues/enquiries?sort=openedAt&direction=desc', { who: 'staff-manager-1', javaScriptEnabled: width !== widths[0], viewport: { width, height: 800 } });
    const row = page.locator('tr', { has: page.locator(`a[href="/concerns/${id}"]`) });
    expect(await row.innerText()).toContain('Testa Inventedname');
    await row.getByRole('link', { name: /^Allocate/ }).click();
    const found = width === widths[0] ? [] : await barriers(page);
    await page.getByLabel('Who is to make the enquiry').selectOption({ index: 1 });
    await page.getByLabel('For which team').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Allocate' }).click();
    await page.getByText('The enquiry is given to').waitFor();
    expect((await manager.get(`/enquiries/${opened.items[0].id}`)).body).toMatchObject({ status: 'allocated' });
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  });
});

inBrowser('a manager', () => {
  it('puts a concern right, and confirms that it should never have been recorded', async () => {
    const id = await raised();
    const colleague = system.as('triage', 'staff-triage-1');
    const { etag } = await colleague.get(`/concerns/${id}`);
    expect((await colleague.post(`/concerns/${id}/entered-in-error/propose`, { reason: 'The same form twice.' }, { etag })).status).toBe(200);
    const { page, context, complaints } = await officer(`/concerns/${id}`, { who: 'staff-manager-1' });
    await page.getByRole('link', { name: 'Change where' }).click();
    await page.getByLabel('Own home').check();
    await page.getByLabel('Why it needs putting right').fill('She rang.');
    await page.getByRole('button', { name: 'Put it right' }).click();
    await page.getByText('It is put right.').waitFor();
    await page.getByRole('link', { name: 'Confirm that it should never have been recorded' }).click();
    expect(await page.locator('main').innerText()).toContain('The same form twice.');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('It is recorded as entered in error.').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('finds that two people are one, and undoes it', async () => {
    await raised();
    const id = await raised();
    const same = `${system.running.sites.staff}/concerns/${id}/same`;
    const { page, context, complaints } = await officer(`/concerns/${id}`, { who: 'staff-manager-1' });
    await page.getByRole('link', { name: 'Is it the same person as somebody else?' }).click();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('group', { name: 'Who may it be?' }).getByRole('radio').first().check();
    await page.getByLabel('They are one person').check();
    await page.getByLabel('How you know').fill('Rang her.');
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByText('It is recorded that they are one person.').waitFor();
    await page.goto(same);
    await page.getByLabel('are two people after all').check();
    await page.getByLabel('How you know').fill('Twins.');
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByText('It is recorded that they are two people after all.').waitFor();
    await page.goto(same);
    expect(await page.locator('main').innerText()).toContain('Was found to be two people on');
    expect(await page.getByLabel('They are one person').count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

inBrowser.each(widths)('the pages of a concern, %d wide', (width) => {
  it('let everybody in, each with its form', async () => {
    const id = await raised({ otherAllegations: [{ abuseType: 'financial_or_material', sourceOfRisk: 'known_to_individual', locationType: 'own_home' }] });
    const { page, context, complaints } = await officer(`/concerns/${id}`, { viewport: { width, height: 800 } });
    const found = await barriers(page);
    for (const act of ['decide', 'ask', 'answer', 'wishes', 'danger', 'give', 'correct-received', 'correct-abuse', 'correct-location', 'correct-allegations', 'place', 'close-to-harm', 'error', 'person']) {
      await page.goto(`${system.running.sites.staff}/concerns/${id}/${act}`);
      found.push(...(await barriers(page)));
    }
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  }, 60_000);

  it('let everybody in until it is decided and whoever raised it is told, also where a form was refused', async () => {
    const id = await raised();
    const { page, context, complaints } = await officer(`/concerns/${id}/decide`, { viewport: { width, height: 800 } });
    const found: string[] = [];
    await page.getByRole('button', { name: 'Decide' }).click();
    found.push(...(await barriers(page)));
    await answerAll(page);
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('heading', { name: 'Tell whoever raised it' }).waitFor();
    found.push(...(await barriers(page)));
    await page.getByRole('radio', { name: 'They will not be told' }).check();
    await page.getByLabel('If they will not be told, why?').fill('They asked us not to.');
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByText('No, with a reason').waitFor();
    found.push(...(await barriers(page)));
    await page.goto(`${system.running.sites.staff}/concerns/${id}/reopen`);
    found.push(...(await barriers(page)));
    await page.goto(`${system.running.sites.staff}/queues/feedback`);
    expect([...found, ...(await barriers(page)), ...complaints]).toEqual([]);
    await context.close();
  });
});

inBrowser('a restricted concern', () => {
  /** Nobody whom other concerns here are about: those would be restricted too. */
  const person = { givenName: 'Restricta', familyName: 'Alone', dateOfBirth: '1939-11-30' };

  it('exists for those whom a manager named, and for a colleague only who signs in again and says why', async () => {
    const id = await raised({ person });
    const manager = await officer(`/concerns/${id}`, { who: 'staff-manager-1' });
    await manager.page.getByRole('link', { name: 'Say who may see it' }).click();
    const found = await barriers(manager.page);
    await manager.page.getByLabel('West triage officer 2 (invented)').check();
    await manager.page.getByLabel('A member of staff is the person').check();
    await manager.page.getByRole('button', { name: 'Restrict it to them' }).click();
    await manager.page.getByText('It is open to you and to those you named, and to nobody else.').waitFor();
    const reference = /SC-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await manager.page.locator('main').innerText())![0];

    const named = await officer('/', { who: 'staff-triage-2', viewport: { width: 375, height: 800 } });
    found.push(...(await barriers(named.page)));
    await named.page.getByRole('link', { name: reference }).click();
    expect(await named.page.getByText('to everybody else this concern does not exist').count()).toBe(1);

    const { page, complaints, context } = await officer(`/concerns/${id}`, { viewport: { width: 375, height: 800 } });
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Page not found');
    await page.goto(`${system.running.sites.staff}/restricted`);
    found.push(...(await barriers(page)));
    await page.getByRole('button', { name: 'Sign in again and go on' }).click();
    await signInAs(page, 'staff-triage-1');
    found.push(...(await barriers(page)));
    await page.getByLabel('Its reference', { exact: true }).fill(reference);
    await page.getByLabel('Why you have to see it').fill('Nobody who is named answers.');
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.getByText('You are not named and opened it for a while').waitFor();
    await manager.page.goto(`${system.running.sites.staff}/restricted`);
    found.push(...(await barriers(manager.page)));
    expect(await manager.page.getByText(`opened ${reference} on`).count()).toBe(1);
    expect([...found, ...complaints, ...named.complaints, ...manager.complaints]).toEqual([]);
    await Promise.all([manager, named, { context }].map(({ context }) => context.close()));
  }, 60_000);
});
