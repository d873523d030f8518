import { eventually } from '../asking.ts';
import { barriers, signInAs, widths } from '../browser.ts';
import { inABrowser } from '../in-a-browser.ts';
import { decision, raise } from '../line.ts';

const { system, inBrowser, visitor } = await inABrowser({ SECOND_LOOK_SHARE: '1' });

/** A concern that a first officer decided. */
async function decided(): Promise<string> {
  const first = system.as('triage', 'staff-triage-1');
  const { body } = await system.as('triage', 'staff-partner-1').post('/concerns', raise);
  const { etag } = await eventually(() => first.get(`/concerns/${body.id}`), ({ body: { personId } }) => personId !== null);
  expect((await first.post(`/concerns/${body.id}/triage`, { ...decision, reason: 'Canarydecided.' }, { etag })).status).toBe(200);
  return body.id as string;
}

inBrowser.each(widths)('somebody who is asked about on the telephone, %d wide', (width) => {
  it('is found by their name and the year they were born, with their concerns, and by no number that is none', async () => {
    const id = await decided();
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 } });
    await page.goto(`${system.running.sites.staff}/queues/decided`);
    await signInAs(page, 'staff-triage-1');
    await page.waitForURL('**/queues/decided');
    await page.getByLabel('Find a concern by its reference').fill('Inventedname');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('link', { name: 'find the person' }).click();
    await page.getByRole('heading', { name: 'Find a person', level: 1 }).waitFor();
    const found = await barriers(page);
    await page.getByLabel('NHS number').fill('999 000 0019');
    await page.getByLabel('Why you look for them').fill('Her GP rang to ask.');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'This is no NHS number' }).waitFor();
    found.push(...(await barriers(page)));
    await page.getByLabel('NHS number').fill('');
    await page.getByLabel('Last name').fill('Inventedneim');
    await page.getByLabel('Year').fill('1940');
    await page.getByRole('button', { name: 'Search' }).click();
    const person = page.locator('tr', { has: page.locator(`a[href="/concerns/${id}"]`) });
    expect(await person.innerText()).toMatch(/Testa Inventedname[^]*29 February 1940[^]*Surname sounds the same[^]*Decided/);
    expect(page.url()).toBe(`${system.running.sites.staff}/people/find`);
    expect([...found, ...(await barriers(page)), ...complaints]).toEqual([]);
    await context.close();
  });
});

inBrowser.each(widths)('a second look, %d wide', (width) => {
  it('is given by an officer who does not know the decision, who then sees it; the board sees how far they agree', async () => {
    const id = await decided();
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 }, javaScriptEnabled: true });
    await page.goto(`${system.running.sites.staff}/queues/second`);
    await signInAs(page, 'staff-triage-2');
    await page.waitForURL('**/queues/second');
    const found = await barriers(page);
    await page.locator(`a[href="/concerns/${id}/second-look"]`).waitFor();
    await page.goto(`${system.running.sites.staff}/concerns/${id}`);
    await page.getByRole('heading', { name: 'A second look is wanted here', level: 1 }).waitFor();
    found.push(...(await barriers(page)));
    await page.getByRole('button', { name: 'Give the second look' }).click();
    await page.getByRole('heading', { name: 'Second look', level: 1 }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/Canarydecided|Decided:/);
    found.push(...(await barriers(page)));
    await page.getByRole('button', { name: 'Give this second look' }).click();
    await page.getByRole('link', { name: /Choose an outcome/ }).waitFor();
    found.push(...(await barriers(page)));
    for (const letter of ['a', 'b', 'c']) {
      await page.getByRole('group', { name: `(${letter})` }).getByLabel('Yes').check();
      await page.getByLabel(`How you judged (${letter})`).fill('Invented.');
    }
    await page.getByLabel('Section 42 enquiry').check();
    await page.getByLabel('Reason', { exact: true }).fill('All three.');
    await page.getByRole('button', { name: 'Give this second look' }).click();
    await page.getByText('Your second look is recorded.').waitFor();
    expect(await page.locator('main').innerText()).toMatch(/A second look came to: Section 42 enquiry[^]*Canarydecided/);
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
    const board = await visitor({ viewport: { width, height: 800 }, javaScriptEnabled: false });
    await board.page.goto(`${system.running.sites.staff}/board?authority=all`);
    await signInAs(board.page, 'staff-board-1');
    await board.page.getByRole('heading', { name: 'Whether two people decide alike' }).waitFor();
    expect(await board.page.locator('#consistency_of_decisions').innerText()).toContain('came to the same outcome');
    const isNamed = async () => (await board.page.reload(), board.page.locator('#decisions_without_named_person').innerText());
    await eventually(isNamed, (text) => text.includes('made here in these twelve months has a named person'));
    await board.context.close();
  }, 60_000);
});

inBrowser('a concern that is kept from somebody', () => {
  /** Somebody at a page, once they have signed in. */
  async function at(path: string, who: string, width = 1280) {
    const visiting = await visitor({ viewport: { width, height: 800 } });
    await visiting.page.goto(`${system.running.sites.staff}${path}`);
    await signInAs(visiting.page, who);
    await visiting.page.waitForURL((url) => url.href.startsWith(system.running.sites.staff));
    return visiting;
  }

  it('does not exist for a colleague of whom a manager says so, nor for an officer who says so of themselves', async () => {
    const id = (await system.as('triage', 'staff-partner-1').post('/concerns', { ...raise, person: { givenName: 'Segregata', familyName: 'Alone', dateOfBirth: '1938-10-29' } })).body.id as string;
    await eventually(() => system.as('triage', 'staff-triage-1').get(`/concerns/${id}`), ({ body: { personId } }) => personId !== null);
    const manager = await at(`/concerns/${id}`, 'staff-manager-1');
    await manager.page.getByRole('link', { name: 'Keep this from somebody' }).click();
    const found = await barriers(manager.page);
    await manager.page.getByLabel('West triage officer 2 (invented)').check();
    await manager.page.getByLabel('They may be causing the harm').check();
    await manager.page.getByRole('button', { name: 'Keep it from them' }).click();
    await manager.page.getByText('They do not find this concern any more').waitFor();
    const colleague = await at(`/concerns/${id}`, 'staff-triage-2');
    expect(await colleague.page.getByRole('heading', { level: 1 }).innerText()).toBe('Page not found');

    const { page, complaints, context } = await at(`/concerns/${id}`, 'staff-triage-1', 375);
    await page.getByRole('link', { name: 'I must not work on this' }).click();
    found.push(...(await barriers(page)));
    await page.getByLabel('I am close to the person').check();
    await page.getByRole('button', { name: 'Keep it from me' }).click();
    await page.getByText('is not there for you any more').waitFor();
    found.push(...(await barriers(page)));
    await page.goto(`${system.running.sites.staff}/concerns/${id}`);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Page not found');
    await manager.page.goto(`${system.running.sites.staff}/concerns/${id}/keep-no-more`);
    found.push(...(await barriers(manager.page)));
    await manager.page.goto(`${system.running.sites.staff}/restricted`);
    found.push(...(await barriers(manager.page)));
    expect(await manager.page.getByText('is kept from West triage officer 2 (invented)').count()).toBe(1);
    expect([...found, ...complaints, ...manager.complaints]).toEqual([]);
    await Promise.all([manager, colleague, { context }].map((one) => one.context.close()));
  }, 60_000);
});

inBrowser.each([['with', true], ['without', false]] as const)('a view of a queue, %s JavaScript', (_how, javaScriptEnabled) => {
  const queue = async (width: number) => {
    const visiting = await visitor({ viewport: { width, height: 800 }, javaScriptEnabled });
    await visiting.page.goto(`${system.running.sites.staff}/queues/triage`);
    await signInAs(visiting.page, 'staff-triage-1');
    await visiting.page.waitForURL('**/queues/triage');
    return visiting;
  };

  it('is saved by an officer for themselves, is there on another device, and is forgotten', async () => {
    const desk = await queue(1280);
    await desk.page.getByLabel('Raised by').selectOption({ label: 'Police' });
    await desk.page.getByRole('button', { name: 'Show' }).click();
    await desk.page.getByRole('button', { name: 'Save this view' }).click();
    await desk.page.getByText('The view is saved.').waitFor();
    const found = javaScriptEnabled ? await barriers(desk.page) : [];
    const { page, context, complaints } = await queue(375);
    await page.getByText('Choose which are shown').click();
    await page.getByRole('navigation', { name: 'Your views' }).getByRole('link', { name: 'Raised by: Police' }).click();
    await page.waitForURL('**/queues/triage?*referrerType=police');
    expect(await page.getByLabel('Raised by').inputValue()).toBe('police');
    await page.getByText('Choose which are shown').click();
    if (javaScriptEnabled) found.push(...(await barriers(page)));
    await page.getByRole('button', { name: 'Forget this view' }).click();
    await page.getByText('The view is forgotten.').waitFor();
    expect(await page.getByText('Your views').count()).toBe(0);
    expect([...found, ...desk.complaints, ...complaints]).toEqual([]);
    await Promise.all([desk, { context }].map((one) => one.context.close()));
  });
});

inBrowser.each([['1280 wide', true, 1280], ['375 wide', true, 375], ['without JavaScript', false, 375]])('a concern that falls to another council, %s', (_how, javaScriptEnabled, width) => {
  it('is passed on by whoever decided it, who records that they have it; where it went is kept from whoever may look at it again', async () => {
    const [no, who] = [{ answer: 'no', reason: 'It happened there.' }, 'staff-triage-1'];
    const id = (await system.as('triage', 'staff-partner-1').post('/concerns', raise)).body.id as string;
    const { etag } = await eventually(() => system.as('triage', who).get(`/concerns/${id}`), ({ body: { personId } }) => personId !== null);
    const elsewhere = { outcome: 'other_authority', otherAuthority: { code: 'E06000061' }, notSafeguardingReason: 'other_authority', limbs: { ...decision.limbs, risk: no } };
    expect((await system.as('triage', who).post(`/concerns/${id}/triage`, { ...decision, ...elsewhere }, { etag })).status).toBe(200);

    const { page, context, complaints } = await visitor({ javaScriptEnabled, viewport: { width, height: 800 } });
    await page.goto(`${system.running.sites.staff}/concerns/${id}/tell?done=decide`);
    await signInAs(page, who);
    await page.getByText('pass it on yourself to North Northamptonshire').waitFor();
    // What looks for barriers is a script itself.
    const looked = async (): Promise<string[]> => (javaScriptEnabled ? barriers(page) : []);
    const found = await looked();
    await page.goto(`${system.running.sites.staff}/queues/sent-on`);
    const row = page.locator('tr', { has: page.locator(`a[href="/concerns/${id}"]`) });
    expect(await row.innerText()).toContain('North Northamptonshire (another authority)');
    found.push(...(await looked()));
    await row.getByRole('link').first().click();
    await page.getByText('nobody has said they have it yet').waitFor();
    found.push(...(await looked()));
    const { body: listed } = await system.as('triage', 'staff-triage-2').get('/routes-awaited');
    expect(listed.items.filter((one: { id: string }) => one.id === id)).toEqual([]);
    await page.getByRole('link', { name: 'They have it' }).click();
    await page.getByLabel('With whom you spoke').fill('Their duty worker, N-17.');
    found.push(...(await looked()));
    await page.getByRole('button', { name: 'Record that they have it' }).click();
    await page.getByText('It is recorded that they have it.').waitFor();
    expect(await page.getByText('Their duty worker, N-17.').count()).toBe(2);
    await page.goto(`${system.running.sites.staff}/queues/sent-on`);
    expect([await row.count(), ...found, ...complaints]).toEqual([0]);
    await context.close();
  }, 60_000);
});
