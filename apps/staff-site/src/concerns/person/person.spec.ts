import { ACasePage, at, personId, waiting } from '../../../test/a-case-page.js';
import { identityOf, shownIn } from './person-page.js';

const identity = { givenName: 'Inventa', familyName: 'Person', birthDate: '1946-05-01', address: null, postcode: 'NN1 1AA' };
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

  it('is sent as far as it was changed, on the version that was seen; what had been missing is struck off', async () => {
    const reply = await page.send('person', { ...known, address: '1 Invented Street', postcode: '', reason: 'Her niece rang.' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, page.path()]);
    expect(toPeople()).toMatchObject([{ to: `/people/${personId}/correct`, headers: { 'if-match': '"4"' } }]);
    expect(toPeople()[0]!.body).toEqual({ identity: { address: '1 Invented Street', postcode: null }, reason: 'Her niece rang.' });
    expect(page.sent().filter(({ to }) => to.startsWith('/concerns'))).toMatchObject([{ to: page.path('answer'), body: { what: ['person_address'] }, headers: { 'if-match': '"2"' } }]);
  });

  it('strikes nothing off that was not missing', async () => {
    await page.send('person', { ...known, family_name: 'Persson', reason: 'Her niece rang.' });
    expect(page.sent()).toHaveLength(1);
  });

  it.each([
    [{ ...known, reason: 'x' }, '#given_name'],
    [{ ...known, address: '1 Invented Street' }, '#reason'],
  ])('is not put right half: %j', async (fields, href) => {
    const reply = await page.send('person', fields);
    expect([reply.statusCode, reply.payload.includes(`href="${href}"`), page.sent()]).toEqual([400, true, []]);
  });

  it('is asked again of the slower of two, with what they typed', async () => {
    page.corrected = () => Response.json({ status: 412, sequence: 5, changes: [{ type: 'IdentityCorrected', at: at(11), actor: 'staff-triage-2' }] }, { status: 412 });
    const { statusCode, payload } = await page.send('person', { ...known, address: '1 Invented Street', reason: 'Her niece rang.' });
    expect(statusCode).toBe(412);
    for (const text of ['Somebody else changed this', 'value="1 Invented Street"', 'name="seen" value="5"']) expect(payload).toContain(text);
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
