import { jest } from '@jest/globals';
import { AStaffSite, type Fields, visitorAs } from '../../test/a-staff-site.js';

const [person, concern, request] = ['0190c1d2-0000-7000-8000-0000000000d1', '0190c1d2-0000-7000-8000-0000000000d2', '0190c1d2-0000-7000-8000-0000000000d3'];
const inventa = {
  id: person, givenName: 'Inventa', familyName: '<b>Persson</b>', birthDate: '1941-03-02', postcode: 'NN1 1AA', score: 37, isByJoined: false,
  reasons: [{ code: 'surname_same', words: 'Same surname', weight: 20 }, { code: 'birth_year_same', words: 'Born in the same year', weight: 5 }],
  records: [{ recordId: concern, recordKind: 'concern', receivedOn: '2026-07-01' }, { recordId: request, recordKind: 'dols_request', receivedOn: '2026-07-03' }],
};
const about = { personId: person, id: concern, reference: 'SC-0123-ABCD', status: 'triaged', receivedAt: '2026-07-01T09:00:00.000000Z' };
const form = { family_name: 'Persson', given_name: ' Inventa ', 'born-day': '', 'born-month': '', 'born-year': '1941', postcode: '', nhs_number: '', why: 'Her GP rang.' };

describe('finding a person', () => {
  let answers: Record<string, () => Response>;
  const services = jest.fn<typeof fetch>(async (input) => answers[new URL(String(input)).host + new URL(String(input)).pathname]?.() ?? Response.json({}));
  const sites: AStaffSite[] = [];
  const siteFor = async (role: string): Promise<AStaffSite> => {
    const site = await AStaffSite.start({ visitor: visitorAs(role), services });
    sites.push(site);
    return site;
  };
  let site: AStaffSite;
  beforeAll(async () => {
    site = await siteFor('triage_officer');
  });
  afterAll(() => Promise.all(sites.map((one) => one.close())));
  beforeEach(() => {
    services.mockClear();
    answers = {
      'people.test/people/find': () => Response.json({ people: [inventa], mayBeMore: false }),
      'triage.test/concerns/about': () => Response.json({ items: [about, { ...about, personId: request, id: request, reference: 'SC-9999-OTHR' }] }),
    };
  });
  const asked = () => services.mock.calls.map(([input, init]) => [String(input), JSON.parse(String(init?.body ?? '{}'))]).filter(([url]) => /find|about/.test(String(url)));
  const find = (fields: Fields = {}, on = site) => on.send('/people/find', { ...form, ...fields });

  it('is a form first, that nobody keeps', async () => {
    const { payload, headers, statusCode } = await site.get('/people/find');
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
    for (const text of ['Find a person', 'Last name', 'or only the year', 'Why you look for them', 'autocomplete="off"', 'id="find" name="reference" value=""']) expect(payload).toContain(text);
  });

  it('shows who fits and why, with their concerns, and sends what is typed in no address', async () => {
    const { payload, statusCode, headers } = await find();
    expect([statusCode, headers['cache-control'], headers.location]).toEqual([200, 'no-store', undefined]);
    for (const text of ['One person fits.', 'Inventa &lt;b&gt;Persson', '2 March 1941', 'NN1 1AA', 'Same surname', 'Born in the same year', `href="/concerns/${concern}">SC-0123-ABCD`, 'Decided, received 1 July 2026', 'DoLS request', 'value="Her GP rang."']) expect(payload).toContain(text);
    for (const text of ['SC-9999-OTHR', person]) expect(payload).not.toContain(text);
    expect(asked()).toEqual([
      ['http://people.test/people/find', { familyName: 'Persson', givenName: 'Inventa', yearOfBirth: 1941, why: 'Her GP rang.' }],
      ['http://triage.test/concerns/about', { people: [person] }],
    ]);
  });

  it('asks with the day where it is known', async () => {
    await find({ 'born-day': '2', 'born-month': '3' });
    expect(asked()[0]![1]).toMatchObject({ dateOfBirth: '1941-03-02' });
    expect(asked()[0]![1]).not.toHaveProperty('yearOfBirth');
  });

  it('says what else to try where nobody was found, and asks nobody for their concerns', async () => {
    answers['people.test/people/find'] = () => Response.json({ people: [], mayBeMore: false });
    const { payload, statusCode } = await find();
    expect([statusCode, asked().length]).toEqual([200, 1]);
    for (const text of ['Nobody was found.', 'another spelling of the last name', 'Search again', 'value="Persson"']) expect(payload).toContain(text);
  });

  it('says that there may be more, and what was recorded before two were joined', async () => {
    answers['people.test/people/find'] = () => Response.json({ people: [{ ...inventa, isByJoined: true }, { ...inventa, id: request, birthDate: null, records: [] }], mayBeMore: true });
    answers['triage.test/concerns/about'] = () => Response.json({ items: [] });
    const { payload } = await find();
    for (const text of ['2 people fit, the best first. There may be more: narrow it down', 'Narrow it down', 'Recorded so before they were joined', 'Not known', 'Nothing that you may open']) expect(payload).toContain(text);
  });

  it('leads to concerns without their references while triage is away, and to none for whoever reads none', async () => {
    answers['triage.test/concerns/about'] = () => Response.json({}, { status: 503 });
    expect((await find()).payload).toContain(`href="/concerns/${concern}">Concern 1`);
    services.mockClear();
    const { payload } = await find({}, await siteFor('data_manager'));
    expect(payload).toContain('Concern 1');
    expect(payload).not.toContain(`/concerns/${concern}`);
    expect(asked().length).toBe(1);
  });

  it.each([
    ['without a reason', { why: ' ' }, '#why'],
    ['with half a date', { 'born-day': '2' }, '#born-day'],
    ['with a date of letters', { 'born-year': 'x' }, '#born-day'],
  ])('asks for nobody %s', async (_how, fields, href) => {
    const { payload, statusCode } = await find(fields);
    expect([statusCode, asked().length]).toEqual([400, 0]);
    expect(payload).toContain(`href="${href}"`);
  });

  it('says both where nothing is given to look for them by and no reason', async () => {
    const { payload, statusCode } = await site.send('/people/find', {});
    expect([statusCode, asked().length]).toEqual([400, 0]);
    for (const text of ['href="#family_name">Give something to look for them by', 'href="#why">Say why you look for them']) expect(payload).toContain(text);
    expect((await find({ family_name: '', given_name: '', 'born-year': '' })).payload).not.toContain('href="#why"');
  });

  it('has its form over whoever was found, folded', async () => {
    const { payload } = await find();
    const [fold, fields, fits] = ['<details', 'id="family_name"', 'Who fits what you typed'].map((text) => payload.indexOf(text, payload.indexOf('<h1')));
    expect([fold! > 0, fold! < fields!, fields! < fits!, /<details[^>]* open/.test(payload)]).toEqual([true, true, true, false]);
    expect(payload.match(/id="family_name"/g)).toHaveLength(1);
    answers['people.test/people/find'] = () => Response.json({ people: [], mayBeMore: false });
    expect((await find()).payload.slice(payload.indexOf('<h1'))).not.toContain('govuk-details');
  });

  it('shows what the service finds wrong at its field, and keeps what was typed', async () => {
    answers['people.test/people/find'] = () => Response.json({ status: 400, detail: 'x', issues: [{ field: 'nhsNumber', message: 'This is no NHS number' }, { field: 'dateOfBirth', message: 'must be a day such as' }, { field: '', message: 'Give an NHS number, or' }] }, { status: 400 });
    const { payload, statusCode } = await find({ nhs_number: '999 000 0019' });
    expect(statusCode).toBe(400);
    for (const text of ['href="#nhs_number">This is no NHS number', 'href="#born-day">Give a real date of birth', 'href="#family_name">Give an NHS number', 'value="999 000 0019"']) expect(payload).toContain(text);
    expect(payload).not.toContain('must be a day');
  });

  it('keeps what was typed while people is away', async () => {
    answers['people.test/people/find'] = () => Response.json({}, { status: 503 });
    const { payload, statusCode } = await find();
    expect(statusCode).toBe(503);
    for (const text of ['It is not known whether anybody fits', 'That you searched may be recorded', 'value="Persson"']) expect(payload).toContain(text);
    answers['people.test/people/find'] = () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
    };
    expect((await find()).payload).toContain('Nobody was searched for');
  });

  it('is for whoever has the right, and not done from another site', async () => {
    const other = await siteFor('enquiry_worker');
    expect([(await other.get('/people/find')).statusCode, (await site.forge('/people/find')).statusCode]).toEqual([403, 403]);
    expect(asked()).toEqual([]);
  });

  it('is offered where no reference was found', async () => {
    answers['triage.test/concerns/find'] = () => Response.json({ items: [] });
    const { payload } = await site.sendFrom(await site.get('/people/find'), '/concerns/find', { reference: 'Persson' });
    expect(payload).toContain('href="/people/find">find the person');
    expect(payload).not.toContain('Names are not searched for');
  });
});
