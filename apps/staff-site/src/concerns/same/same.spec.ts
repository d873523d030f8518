import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../../test/a-staff-site.js';
import { findingsInWords } from './found.js';

const id = '0190c1d2-0000-7000-8000-0000000000c1';
const [personId, other] = ['0190c1d2-0000-7000-8000-0000000000d1', '0190c1d2-0000-7000-8000-0000000000d2'];
const concern = {
  id, sequence: 2, reference: 'SC-0000-0001', authority: 'E06000062', status: 'awaiting-triage', legacy: false, receivedAt: '2026-07-01T09:00:00.000000Z', permitted: [],
  channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null, missing: [], personId, ageBand: null, wishes: null, assignedTo: null,
  asOf: '2026-07-01T15:00:00.000000Z', clocks: [], story: [],
};
const names = [{ id: personId, givenName: 'Inventa', familyName: 'Person' }, { id: other, givenName: 'Inventa', familyName: 'Persson' }];
const anIdentity = (familyName: string, more = {}) => ({ givenName: 'Inventa', familyName, birthDate: '1941-05-06', nhsNumber: '9990000018', address: '1 Invented Row', postcode: 'NN1 1AA', ...more });
const person = { personId, identity: anIdentity('Person'), records: [{ recordId: id, recordKind: 'concern', receivedOn: '2026-07-01' }] };
const likeness = { match: 'likely', score: 62, reasons: [{ words: 'Same date of birth' }, { words: 'Surname sounds the same' }] };
const elsewhere = '0190c1d2-0000-7000-8000-0000000000c2';
const someone = { personId: other, identity: anIdentity('Persson', { nhsNumber: null, postcode: 'NN2 2BB' }), records: [{ recordId: elsewhere, recordKind: 'concern', receivedOn: '2025-06-01' }, { recordId: '0190c1d2-0000-7000-8000-0000000000c3', recordKind: 'dols_request', receivedOn: '2025-06-02' }], likeness, found: [] as object[] };
const compared = { id: personId, sequence: 4, person, others: [someone] };
const finding = (verdict: string, more = {}) => ({ verdict, at: '2026-07-02T09:00:00.000000Z', by: 'staff-manager-2', ...more });
const staff = { items: [{ actsAs: 'staff-manager-2', name: 'Imogen Invented', roles: [], status: 'active' }], next: null };
const alike = { matches: [{ personId: other, score: 62, match: 'likely', reasons: [{ words: 'Same date of birth' }, { words: 'Surname sounds the same' }] }] };

describe('whether two people are one', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let held: object;
  let beside: object;
  let likely: object;
  let taken: () => Response;
  let about: () => Response;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('manager'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    held = { id: personId, sequence: 4, records: [] };
    beside = compared;
    likely = alike;
    taken = () => Response.json({ id: personId, sequence: 5 });
    about = () => Response.json({ items: [] });
    services.mockReset();
    services.mockImplementation(async (input, init) => {
      const { host, pathname } = new URL(String(input));
      if (pathname === '/concerns/about') return about();
      if (host === 'triage.test') return Response.json(concern);
      if (pathname === '/people/names') return Response.json({ names });
      if (init?.method === 'POST') return taken();
      if (pathname.endsWith('/matches')) return Response.json(likely);
      if (pathname.endsWith('/side-by-side')) return Response.json(beside);
      if (host === 'directory.test') return Response.json(staff);
      return host === 'people.test' ? Response.json(held) : Response.json({ items: [], next: null });
    });
  });
  const path = `/concerns/${id}/same`;
  const sent = () => services.mock.calls.filter(([input, init]) => init?.method === 'POST' && !/\/(names|about)$/.test(String(input))).map(([input, init]) => ({ to: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) as unknown, headers: init!.headers }));

  it('is asked from the page of a concern, where nobody stands in the address', async () => {
    const { payload } = await site.get(`/concerns/${id}`);
    expect(payload).toContain(`href="${path}"`);
    expect(payload).not.toMatch(/href="[^"]*0190c1d2-0000-7000-8000-0000000000d/);
  });

  it('numbers those of one name, beside each other and where one is chosen', async () => {
    beside = { ...compared, others: [someone, { ...someone, personId: '0190c1d2-0000-7000-8000-0000000000d3' }] };
    const { payload } = await site.get(path);
    for (const which of ['Inventa Persson (1 of 2)', 'Inventa Persson (2 of 2)']) expect(payload.split(which).length).toBeGreaterThan(3);
  });

  it('is announced on the page of a concern where it is likely, with why, and to whoever cannot say so', async () => {
    const { payload } = await site.get(`/concerns/${id}`);
    for (const text of ['Likely the same person as <strong>Inventa Persson</strong>: same date of birth and surname sounds the same.', 'Look at both, and say whether they are one person']) expect(payload).toContain(text);
    expect([payload.includes('Concerns of whoever is likely the same person are not counted here until somebody finds whether they are one.'), payload.includes('No other concern of this person')]).toEqual([true, false]);
    // Who opens one concern has not read the others.
    expect(services.mock.calls.filter(([input]) => String(input).endsWith('/concerns/about'))).toEqual([]);
    const officers = await AStaffSite.start({ visitor: visitorAs('triage_officer'), services });
    const seen = (await officers.get(`/concerns/${id}`)).payload;
    await officers.close();
    expect([seen.includes('Inventa Persson'), seen.includes('A manager or a data manager can find that they are one person'), seen.includes(`href="${path}"`)]).toEqual([true, true, true]);
    likely = { matches: [{ ...alike.matches[0], match: 'possible' }] };
    expect((await site.get(`/concerns/${id}`)).payload).not.toContain('Likely the same');
  });

  it('is shown with who it may be, and why', async () => {
    const { statusCode, payload } = await site.get(path);
    expect(statusCode).toBe(200);
    for (const text of ['Inventa Persson', 'Same date of birth; Surname sounds the same', 'They are one person']) expect(payload).toContain(text);
  });

  it.each([
    ['one', 'join', 'into'],
    ['different', 'keep-apart', 'other'],
  ])('is found by a person, with a reason, on the version that they saw: %s', async (verdict, act, as) => {
    const reply = await site.send(path, { other, verdict, reason: 'Rang her.' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `/concerns/${id}?done=${verdict}`]);
    expect(sent()).toMatchObject([{ to: `/people/${personId}/${act}`, body: { [as]: other, reason: 'Rang her.' }, headers: { 'if-match': '"4"' } }]);
  });

  it('is shown side by side in one reading that says why, with the concerns of both as links', async () => {
    const { payload } = await site.get(path);
    for (const text of ['Inventa Person', '6 May 1941', '1 Invented Row, NN1 1AA', '1 Invented Row, NN2 2BB', '9990000018', 'This one, 1 July 2026', `href="/concerns/${elsewhere}"`, 'Concern of 1 June 2025', '1 DoLS request', 'Not known']) expect(payload).toContain(text);
    const asked = services.mock.calls.filter(([input]) => String(input).includes('people.test'));
    expect(asked.map(([input]) => new URL(String(input)).pathname)).toEqual([`/people/${personId}/side-by-side`]);
    expect(asked[0]![1]?.headers).toMatchObject({ 'caseward-why': 'whether two people are one' });
    expect(payload).not.toMatch(/href="[^"]*0190c1d2-0000-7000-8000-0000000000d/);
  });

  describe('the concerns of both', () => {
    const told = (one: string, of: string, receivedAt: string) => ({ personId: of, id: one, reference: 'OLD-1', status: 'triaged', receivedAt });
    const [brought, another] = ['0190c1d2-0000-7000-8000-0000000000c7', '0190c1d2-0000-7000-8000-0000000000c8'];
    const asked = () => services.mock.calls.filter(([input]) => String(input).endsWith('/concerns/about'));

    it('are listed with those that an import brought, each once and the latest first, in a reading that says why', async () => {
      about = () => Response.json({ items: [told(brought, other, '2025-08-01T23:30:00.000000Z'), told(elsewhere, other, '2025-06-01T09:00:00.000000Z'), told(another, personId, '2024-02-01T09:00:00.000000Z')] });
      const { payload } = await site.get(path);
      const links = [...payload.matchAll(/(This one, [^<]*|href="(\/concerns\/[^"]*)">Concern of ([^<]*))/g)].map(([, all, href, on]) => (href ? [href, on] : all));
      expect(links).toEqual(['This one, 1 July 2026', [`/concerns/${another}`, '1 February 2024'], [`/concerns/${brought}`, '2 August 2025'], [`/concerns/${elsewhere}`, '1 June 2025']]);
      expect([payload.includes('DoLS requests that an import brought are not counted here.'), payload.includes('older ones')]).toEqual([true, false]);
      expect(asked().map(([, init]) => [JSON.parse(String(init!.body)), init!.headers])).toMatchObject([[{ people: [personId, other] }, { 'caseward-why': 'whether two people are one' }]]);
    });

    it('are those that came in here alone, which is said, where triage does not answer, or for whoever reads none', async () => {
      about = () => Response.json({}, { status: 503 });
      for (const text of ['Concern of 1 June 2025', 'Concerns and DoLS requests that an import brought are not listed here.']) expect((await site.get(path)).payload).toContain(text);
      const keepers = await AStaffSite.start({ visitor: visitorAs('data_manager'), services });
      services.mockClear();
      const { payload } = await keepers.get(path);
      await keepers.close();
      expect([payload.includes('that an import brought are not listed here'), asked()]).toEqual([true, []]);
    });

    it('are as people has them where the two are joined, since triage tells both as one', async () => {
      beside = { ...compared, into: other, others: [{ ...someone, likeness: null, found: [finding('joined')] }] };
      expect([(await site.get(path)).payload.includes('Concern of 1 June 2025'), asked()]).toEqual([true, []]);
    });

    it('are asked for of twenty people at once, and are not said to be all where one has more than are told', async () => {
      const many = Array.from({ length: 21 }, (_, at) => ({ ...someone, personId: `0190c1d2-0000-7000-8000-0000000001${String(at).padStart(2, '0')}` }));
      beside = { ...compared, others: many };
      about = () => Response.json({ items: Array.from({ length: 20 }, (_, at) => told(`0190c1d2-0000-7000-8000-0000000002${String(at).padStart(2, '0')}`, personId, '2024-02-01T09:00:00.000000Z')) });
      expect((await site.get(path)).payload).toContain('Of whoever has 20 concerns or more, older ones that an import brought are not listed.');
      expect(asked().map(([, init]) => (JSON.parse(String(init!.body)) as { people: string[] }).people.length)).toEqual([20, 2]);
    });

    it('are read by whoever looks at them, and not by sending what was found', async () => {
      const opened = await site.get(path);
      services.mockClear();
      await site.sendFrom(opened, path, { other, verdict: 'one', reason: 'Rang her.' });
      expect(asked()).toEqual([]);
    });
  });

  it('can be looked at by whoever may not find it, and nothing is asked of them', async () => {
    const officers = await AStaffSite.start({ visitor: visitorAs('triage_officer'), services });
    const { payload } = await officers.get(path);
    await officers.close();
    expect([payload.includes('Inventa Persson'), payload.includes('What did you find?'), payload.includes('A manager or a data manager can find')]).toEqual([true, false, true]);
  });

  it('is undone likewise', async () => {
    beside = { ...compared, sequence: 6, into: other, others: [{ ...someone, likeness: null, found: [finding('joined', { reason: 'Rang her.' })] }] };
    const { payload } = await site.get(path);
    for (const text of ['are two people after all', 'This person was found to be Inventa Persson', 'Was found to be one person with them on 2 July 2026', 'Imogen Invented', 'Rang her.']) expect(payload).toContain(text);
    await site.send(path, { verdict: 'two', reason: 'Twins.' });
    expect(sent()).toMatchObject([{ to: `/people/${personId}/separate`, body: { from: other, reason: 'Twins.' } }]);
  });

  it('may be found again where it was undone, and not where somebody kept them apart; both are marked', async () => {
    beside = { ...compared, others: [{ ...someone, likeness: null, found: [finding('joined'), finding('separated', { reason: 'Twins.' })] }] };
    const { payload } = await site.get(path);
    for (const text of ['Was found to be two people on 2 July 2026', 'Twins.', 'They are one person']) expect(payload).toContain(text);
    expect((await site.send(path, { other, verdict: 'one', reason: 'No twin.' })).statusCode).toBe(303);
    beside = { ...compared, others: [{ ...someone, likeness: null, found: [finding('kept_apart')] }] };
    const apart = (await site.get(path)).payload;
    expect([apart.includes('Was found to be somebody else on 2 July 2026'), apart.includes('They are one person'), apart.includes('They may be one person after all')]).toEqual([true, false, true]);
    const refused = await site.send(path, { other, verdict: 'one', reason: 'No twin.' });
    expect([refused.statusCode, refused.payload.includes('Undo that first, if it was wrong')]).toEqual([400, true]);
  });

  it('is not found to be different for ever: keeping apart is undone, and then they may be joined', async () => {
    beside = { ...compared, others: [{ ...someone, likeness: null, found: [finding('kept_apart')] }] };
    expect((await site.send(path, { other, verdict: 'again', reason: 'Her maiden name.' })).headers.location).toBe(`/concerns/${id}?done=again`);
    expect(sent()).toMatchObject([{ to: `/people/${personId}/keep-apart/undo`, body: { other, reason: 'Her maiden name.' }, headers: { 'if-match': '"4"' } }]);
    beside = { ...compared, others: [{ ...someone, likeness: null, found: [finding('kept_apart'), finding('may_be_one')] }] };
    const { payload } = await site.get(path);
    expect([payload.includes('perhaps after all'), payload.includes('They are one person'), payload.includes('wrong to keep them apart')]).toEqual([true, true, false]);
    expect((await site.send(path, { other, verdict: 'again', reason: 'x' })).statusCode).toBe(400);
  });

  it.each([
    ['again', 'may_be_one', 'It is recorded that they may be one person after all.', 'Found that they may be one person with Inventa Persson after all'],
    ['one', 'joined', 'It is recorded that they are one person.', 'Found to be one person with Inventa Persson'],
    ['different', 'kept_apart', 'It is recorded that they are different people. They are not suggested again.', 'Found to be a different person from Inventa Persson'],
    ['two', 'separated', 'It is recorded that they are two people after all. They are not suggested again.', 'Found to be a different person from Inventa Persson after all'],
  ])('is told on the page of the concern, by whom and when, once it is found: %s', async (done, verdict, banner, told) => {
    held = { id: personId, sequence: 5, found: [{ personId: other, ...finding(verdict) }] };
    const { payload } = await site.get(`/concerns/${id}?done=${done}`);
    for (const text of [banner, told, '2 July 2026', 'Imogen Invented']) expect(payload).toContain(text);
    expect((await site.get(`/concerns/${id}`)).payload).not.toContain(banner);
    held = { id: personId, sequence: 5, found: [] };
    expect((await site.get(`/concerns/${id}?done=${done}`)).payload).not.toContain(banner);
  });

  it('calls a namesake another of that name', () => {
    const one = { personId: other, verdict: 'kept_apart', at: '2026-07-01T10:00:00.000000Z', by: null, name: 'Inventa Person' } as const;
    const told = (own: string) => findingsInWords([one], (id) => id, own)[0]!.what;
    expect([told('Inventa Person'), told('Imogen Person')]).toEqual(['Found to be a different person from another Inventa Person', 'Found to be a different person from Inventa Person']);
  });

  it.each([
    [{ verdict: 'one', reason: 'x' }, '#other'],
    [{ other, reason: 'x' }, '#verdict'],
    [{ other, verdict: 'one', reason: ' ' }, '#reason'],
    [{ other: '0190c1d2-0000-7000-8000-0000000000d9', verdict: 'one', reason: 'x' }, '#other'],
  ])('is not recorded half: %j', async (fields, href) => {
    const reply = await site.send(path, fields as Record<string, string>);
    expect([reply.statusCode, reply.payload.includes(`href="${href}"`), sent()]).toEqual([400, true, []]);
  });

  it('is asked again of the slower of two, with what they typed', async () => {
    taken = () => Response.json({ status: 412, sequence: 5, changes: [{ type: 'KeptApart', at: '2026-07-01T11:00:00.000000Z', actor: 'staff-manager-2' }] }, { status: 412 });
    const { statusCode, payload } = await site.send(path, { other, verdict: 'one', reason: 'Rang her.' });
    expect(statusCode).toBe(412);
    expect(sent()).toHaveLength(1);
    for (const text of ['Somebody else changed this', 'Imogen Invented: They were kept apart from somebody who looks like them', '>Rang her.</textarea>', 'name="seen" value="5"']) expect(payload).toContain(text);
  });

  it('leaves to be read what the slower of two typed where nobody is left to find anything of', async () => {
    taken = () => {
      beside = { ...compared, sequence: 5, others: [] };
      return Response.json({ status: 412, sequence: 5, changes: [{ type: 'KeptApart', at: '2026-07-01T11:00:00.000000Z', actor: 'staff-manager-2' }] }, { status: 412 });
    };
    const { statusCode, payload } = await site.send(path, { other, verdict: 'one', reason: 'Rang her.' });
    expect(statusCode).toBe(412);
    for (const text of ['what you typed is below to be read', '>Rang her.</textarea>', 'readonly']) expect(payload).toContain(text);
    expect(payload).not.toContain(`action="${path}"`);
  });

  it('is told of a form that was opened before somebody found it, by the service, and once where it has it already', async () => {
    const opened = await site.get(path);
    beside = { ...compared, sequence: 5, into: other, others: [{ ...someone, likeness: null, found: [finding('joined')] }] };
    taken = () => Response.json({ status: 412, sequence: 5, changes: [{ type: 'PersonJoined', at: '2026-07-01T11:00:00.000000Z', actor: 'staff-manager-2' }] }, { status: 412 });
    const { statusCode, payload } = await site.sendFrom(opened, path, { other, verdict: 'one', reason: 'Rang her.' });
    expect(statusCode).toBe(412);
    for (const text of ['Imogen Invented: They were found to be one person with somebody else', 'They are two people after all', '>Rang her.</textarea>']) expect(payload).toContain(text);
    taken = () => Response.json({ id: personId, sequence: 5 });
    expect((await site.sendFrom(opened, path, { other, verdict: 'one', reason: 'Rang her.' })).headers.location).toBe(`/concerns/${id}?done=one`);
    expect((await site.sendFrom(opened, path, { other, verdict: 'one', reason: '' })).statusCode).toBe(400);
  });

  it('says of a form that was recorded and is sent again otherwise that it was', async () => {
    taken = () => Response.json({ status: 422, detail: 'this Idempotency-Key was used before', code: 'idempotency/key-reused' }, { status: 422 });
    const { statusCode, payload } = await site.send(path, { other, verdict: 'one', reason: 'Rang her twice.' });
    expect(statusCode).toBe(422);
    for (const text of ['You sent this form before, and that was recorded', '>Rang her twice.</textarea>']) expect(payload).toContain(text);
  });

  it('says so where nobody looks alike', async () => {
    beside = { ...compared, others: [] };
    expect((await site.get(path)).payload).toContain('Nobody else looks like this person.');
  });
});
