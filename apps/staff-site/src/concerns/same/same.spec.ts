import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../../test/a-staff-site.js';

const id = '0190c1d2-0000-7000-8000-0000000000c1';
const [personId, other] = ['0190c1d2-0000-7000-8000-0000000000d1', '0190c1d2-0000-7000-8000-0000000000d2'];
const concern = {
  id, sequence: 2, reference: 'SC-0000-0001', authority: 'E06000062', status: 'awaiting-triage', legacy: false, receivedAt: '2026-07-01T09:00:00.000000Z', permitted: [],
  channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null, missing: [], personId, ageBand: null, wishes: null, assignedTo: null,
  asOf: '2026-07-01T15:00:00.000000Z', clocks: [], story: [],
};
const names = [{ id: personId, givenName: 'Inventa', familyName: 'Person' }, { id: other, givenName: 'Inventa', familyName: 'Persson' }];
const alike = { matches: [{ personId: other, score: 62, match: 'likely', reasons: [{ words: 'Same date of birth' }, { words: 'Surname sounds the same' }] }] };

describe('whether two people are one', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let held: object;
  let likely: object;
  let taken: () => Response;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('manager'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    held = { id: personId, sequence: 4, records: [] };
    likely = alike;
    taken = () => Response.json({ id: personId, sequence: 5 });
    services.mockReset();
    services.mockImplementation(async (input, init) => {
      const { host, pathname } = new URL(String(input));
      if (host === 'triage.test') return Response.json(concern);
      if (pathname === '/people/names') return Response.json({ names });
      if (init?.method === 'POST') return taken();
      if (pathname.endsWith('/matches')) return Response.json(likely);
      return host === 'people.test' ? Response.json(held) : Response.json({ items: [], next: null });
    });
  });
  const path = `/concerns/${id}/same`;
  const sent = () => services.mock.calls.filter(([input, init]) => init?.method === 'POST' && !String(input).endsWith('/names')).map(([input, init]) => ({ to: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) as unknown, headers: init!.headers }));

  it('is asked from the page of a concern, where nobody stands in the address', async () => {
    const { payload } = await site.get(`/concerns/${id}`);
    expect(payload).toContain(`href="${path}"`);
    expect(payload).not.toMatch(/href="[^"]*0190c1d2-0000-7000-8000-0000000000d/);
  });

  it('is announced on the page of a concern where it is likely, with why, and to whoever cannot say so', async () => {
    const { payload } = await site.get(`/concerns/${id}`);
    for (const text of ['Likely the same person as <strong>Inventa Persson</strong>: same date of birth and surname sounds the same.', 'Say whether they are one person']) expect(payload).toContain(text);
    const officers = await AStaffSite.start({ visitor: visitorAs('triage_officer'), services });
    const seen = (await officers.get(`/concerns/${id}`)).payload;
    await officers.close();
    expect([seen.includes('Inventa Persson'), seen.includes('A manager or a data manager can find that they are one person'), seen.includes(`href="${path}"`)]).toEqual([true, true, false]);
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
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `/concerns/${id}`]);
    expect(sent()).toMatchObject([{ to: `/people/${personId}/${act}`, body: { [as]: other, reason: 'Rang her.' }, headers: { 'if-match': '"4"' } }]);
  });

  it('is undone likewise', async () => {
    held = { id: personId, sequence: 6, into: other };
    expect((await site.get(path)).payload).toContain('are two people after all');
    await site.send(path, { verdict: 'two', reason: 'Twins.' });
    expect(sent()).toMatchObject([{ to: `/people/${personId}/separate`, body: { from: other, reason: 'Twins.' } }]);
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
    for (const text of ['Somebody else changed this', '>Rang her.</textarea>', 'name="seen" value="5"']) expect(payload).toContain(text);
  });

  it('says so where nobody looks alike', async () => {
    held = { id: personId, sequence: 4 };
    services.mockImplementationOnce(async () => Response.json(concern)).mockImplementationOnce(async () => Response.json(held)).mockImplementationOnce(async () => Response.json({ matches: [] }));
    expect((await site.get(path)).payload).toContain('Nobody else looks like this person.');
  });
});
