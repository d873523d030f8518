import { ACasePage, at, personId, waiting } from '../../../test/a-case-page.js';
import { identityOf, shownIn } from './person-page.js';

const identity = { givenName: 'Inventa', familyName: 'Person', birthDate: '1946-05-01', address: null, postcode: 'NN1 1AA' };
/** What the page has hidden of what it shows. */
const shownOn = (page: string): string => /name="shown" value="([^"]*)"/.exec(page)![1]!.replaceAll('&quot;', '"');

const known = { given_name: 'Inventa', family_name: 'Person', birth_date: '1946-05-01', nhs_number: '', address: '', postcode: 'NN1 1AA' };

describe('who the person of a concern is', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => {
    page.begin();
    page.people = () => Response.json({ id: personId, sequence: 4, records: [], identity });
  });
  const toPeople = () => page.sent().filter(({ to }) => to.startsWith('/people'));

  it('is put right from the concern, where nobody stands in the address', async () => {
    expect((await page.get()).payload).toContain(`href="${page.path('person')}"`);
    const { payload } = await page.get('person');
    for (const text of ['value="Inventa"', 'value="1946-05-01"', 'type="date"', 'value="NN1 1AA"']) expect(payload).toContain(text);
  });

  it('is said of whoever was found to be somebody else as of that other, with what only they knew', async () => {
    const into = '0190c1d2-0000-7000-8000-0000000000d2';
    const both = [{ id: personId, into, identity: { ...identity, address: '2 Invented Street', nhsNumber: '9990000018' } }, { id: into, identity: { givenName: 'Imogen', familyName: null, birthDate: null, birthDateAsWritten: null, address: null, postcode: null, nhsNumber: '9990000026' } }];
    page.people = () => Response.json(both.length > 1 ? both.shift() : both[0]);
    const { payload } = await page.get();
    for (const text of ['2 Invented Street, NN1 1AA', '1 May 1946', '9990000026', '>Imogen<']) expect(payload).toContain(text);
    expect(['Inventa Person', '9990000018'].map((text) => payload.includes(text))).toEqual([false, false]);
  });

  it('is sent as far as it was changed, on the version that was seen; what had been missing is struck off', async () => {
    const reply = await page.send('person', { ...known, address: '1 Invented Street', postcode: '', reason: 'Her niece rang.' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${page.path()}?done=person`]);
    expect(toPeople()).toMatchObject([{ to: `/people/${personId}/correct`, headers: { 'if-match': '"4"' } }]);
    expect(toPeople()[0]!.body).toEqual({ identity: { address: '1 Invented Street', postcode: null }, reason: 'Her niece rang.' });
    expect(page.sent().filter(({ to }) => to.startsWith('/concerns'))).toMatchObject([{ to: page.path('answer'), body: { what: ['person_address'] }, headers: { 'if-match': '"2"' } }]);
  });

  it('is said on the page of the concern to be put right, to whoever did so and not by the address alone', async () => {
    const banner = async (by: string | null) => {
      page.people = () => Response.json({ id: personId, sequence: 5, records: [], identity, corrected: by && { at: at(12), by } });
      return (await page.site.get(`${page.path()}?done=person`)).payload.includes('It is put right who the person is');
    };
    expect([await banner('staff-triage-1'), await banner('staff-triage-2'), await banner(null)]).toEqual([true, false, false]);
  });

  it('strikes nothing off that was not missing', async () => {
    page.held = { ...waiting, missing: ['wishes'] };
    await page.send('person', { ...known, family_name: 'Persson', reason: 'Her niece rang.' });
    expect(page.sent()).toHaveLength(1);
  });

  it.each([
    [{ ...known, reason: 'x' }, '#given_name'],
    [{ ...known, address: '1 Invented Street' }, '#reason'],
  ])('is not put right half: %j', async (fields, href) => {
    page.held = { ...waiting, missing: ['wishes'] };
    const reply = await page.send('person', fields);
    expect([reply.statusCode, reply.payload.includes(`href="${href}"`), page.sent()]).toEqual([400, true, []]);
  });

  it('is asked again of the slower of two, with what they typed', async () => {
    page.corrected = () => Response.json({ status: 412, sequence: 5, changes: [{ type: 'IdentityCorrected', at: at(11), actor: 'staff-triage-2' }] }, { status: 412 });
    const { statusCode, payload } = await page.send('person', { ...known, address: '1 Invented Street', reason: 'Her niece rang.' });
    expect(statusCode).toBe(412);
    for (const text of ['Somebody else changed this', 'A Colleague: Who they are was put right', 'value="1 Invented Street"', 'name="seen" value="5"']) expect(payload).toContain(text);
  });

  it('says of a form that was recorded and is sent again otherwise that it was', async () => {
    page.corrected = () => Response.json({ status: 422, code: 'idempotency/key-reused' }, { status: 422 });
    const { statusCode, payload } = await page.send('person', { given_name: 'Inventia', reason: 'Her card.' });
    expect(statusCode).toBe(422);
    for (const text of ['You sent this form before, and that was recorded', 'value="Inventia"', '>Her card.</textarea>']) expect(payload).toContain(text);
  });

  it('leaves what a colleague wrote meanwhile when it is sent again after that', async () => {
    page.corrected = () => {
      page.people = () => Response.json({ id: personId, sequence: 5, records: [], identity: { ...identity, address: '7 Other Road', givenName: 'Inventia' } });
      return Response.json({ status: 412, sequence: 5, changes: [{ type: 'IdentityCorrected', at: at(11), actor: 'staff-triage-2' }] }, { status: 412 });
    };
    const refused = await page.send('person', { ...known, given_name: 'Inventina', family_name: 'Persson', reason: 'Her niece rang.' });
    for (const text of ['value="7 Other Road"', 'value="Persson"', 'value="Inventina"', 'Somebody recorded meanwhile: Inventia']) expect(refused.payload).toContain(text);
    page.corrected = () => Response.json({ id: personId, sequence: 6 });
    const typed = { given_name: 'Inventina', family_name: 'Persson', birth_date: '1946-05-01', nhs_number: '', address: '7 Other Road', postcode: 'NN1 1AA', reason: 'Her niece rang.' };
    await page.site.sendFrom(refused, page.path('person'), { ...typed, shown: shownOn(refused.payload) });
    expect(toPeople().at(-1)).toMatchObject({ body: { identity: { givenName: 'Inventina', familyName: 'Persson' } }, headers: { 'if-match': '"5"' } });
    expect(toPeople().at(-1)!.body).not.toHaveProperty('identity.address');
  });

  it('takes from the list what was missing and is known already, with nothing to put right', async () => {
    page.people = () => Response.json({ id: personId, sequence: 4, records: [], identity: { ...identity, address: '7 Other Road' } });
    expect((await page.get('person')).payload).toContain('The concern came without where they live, which is known here.');
    const reply = await page.send('person', { ...known, address: '7 Other Road', reason: 'It is right.' });
    expect([reply.statusCode, page.sent()]).toMatchObject([303, [{ to: page.path('answer'), body: { what: ['person_address'], answer: 'It is right.' } }]]);
  });

  it('takes it from the list as the concern is by then, where that changed meanwhile', async () => {
    page.taken = () => {
      page.held = { ...waiting, sequence: 9 };
      page.taken = () => Response.json({ id: waiting.id, sequence: 10 });
      return Response.json({ status: 412, sequence: 9, changes: [] }, { status: 412 });
    };
    expect((await page.send('person', { ...known, address: '1 Invented Street', reason: 'Her niece rang.' })).statusCode).toBe(303);
    expect(page.sent().filter(({ to }) => to === page.path('answer')).map(({ headers }) => headers['if-match'])).toEqual(['"2"', '"9"']);
  });

  it.each([412, 503])('says so where it stays on the list (%i), and does it when it is sent again', async (status) => {
    page.taken = () => Response.json({ status, sequence: 9, changes: [] }, { status });
    const reply = await page.send('person', { ...known, address: '1 Invented Street', reason: 'Her niece rang.' });
    expect(reply.statusCode).toBe(status);
    for (const text of ['Not everything was recorded', 'still on the list', 'value="1 Invented Street"', 'name="seen" value="5"']) expect(reply.payload).toContain(text);
    page.taken = () => Response.json({ id: waiting.id, sequence: 10 });
    await page.site.sendFrom(reply, page.path('person'), { ...known, address: '1 Invented Street', reason: 'Her niece rang.', shown: shownOn(reply.payload) });
    const struckOff = page.sent().filter(({ to }) => to === page.path('answer'));
    expect([toPeople().length, struckOff.length]).toEqual([1, status === 412 ? 3 : 2]);
  });

  it('leaves what a colleague changed meanwhile as it is', async () => {
    const shown = { ...known, reason: '' };
    const now = { ...shown, postcode: 'NN2 2BB' };
    const typed = { ...known, address: '1 Invented Street', reason: 'Her niece rang.' };
    expect(identityOf(typed, shownIn({ shown: JSON.stringify(shown) }, now))).toEqual({ address: '1 Invented Street' });
    expect(shownIn({ shown: 'nonsense' }, now)).toBe(now);
    expect((await page.get('person')).payload).toContain('name="shown" value="{&quot;given_name&quot;');
  });

  it('is not there where nobody is known, and not to be had while people is away', async () => {
    page.held = { ...waiting, personId: null };
    expect((await page.get('person')).statusCode).toBe(404);
    page.held = waiting;
    page.people = () => Response.json({}, { status: 503 });
    expect((await page.get('person')).statusCode).toBe(503);
  });
});

describe('what was missing and has come', () => {
  let page: ACasePage;
  beforeAll(async () => {
    page = await ACasePage.start();
  });
  afterAll(() => page.close());
  beforeEach(() => {
    page.begin();
    page.held = { ...waiting, missing: ['person_address', 'when_it_happened', 'abuse_types', 'wishes', 'consent'] };
  });

  it('is put down where it belongs, or in words', async () => {
    const { payload } = await page.get('answer');
    for (const act of ['person', 'correct-abuse', 'wishes']) expect(payload).toContain(`href="${page.path(act)}"`);
    expect([...payload.matchAll(/<textarea[^>]*name="([^"]+)"/g)].map(([, name]) => name)).toEqual(['answer_when_it_happened', 'answer_consent', 'source']);
  });

  it('is kept item by item, and only what came is struck off', async () => {
    await page.send('answer', { answer_when_it_happened: 'On Monday.', answer_consent: ' ', source: 'Her niece' });
    expect(page.sent()).toMatchObject([{ to: page.path('answer'), body: { what: ['when_it_happened'], answer: 'When it happened: On Monday.\n\nWho said so: Her niece' } }]);
  });

  it('is kept as the answer that it is where it is no matter of words, and shown as such', async () => {
    await page.send('answer', { answer_consent_said: 'no', answer_consent: 'She is afraid.' });
    expect(page.sent()).toMatchObject([{ body: { what: ['consent'], consent: 'no', answer: 'Whether they know and agree: They know, and do not agree. She is afraid.' } }]);
    const { statusCode, payload } = await page.send('answer', { answer_consent: 'She is afraid.' });
    expect([statusCode, payload.includes('href="#answer_consent_said"'), page.sent().length]).toEqual([400, true, 1]);
    page.held = { ...waiting, story: [...waiting.story, { sequence: 3, type: 'MoreAnswered', at: at(11), recordedAt: at(11), actor: 'staff-triage-2', what: ['consent'], answer: 'Rang.', consent: 'yes' }] };
    expect((await page.get()).payload).toContain('They know, and agree');
  });

  it('is asked for where nothing came', async () => {
    const { statusCode, payload } = await page.send('answer', { source: 'Her niece' });
    expect([statusCode, payload.includes('href="#answer_when_it_happened"'), payload.includes('>Her niece</textarea>')]).toEqual([400, true, true]);
  });

  it('has no form where all of it has one of its own', async () => {
    page.held = { ...waiting, missing: ['wishes'] };
    expect((await page.get('answer')).payload).not.toContain('>Record<');
    page.held = { ...waiting, personId: null, missing: ['person_name'] };
    expect((await page.get('answer')).payload).toContain('name="answer_person_name"');
  });
});
