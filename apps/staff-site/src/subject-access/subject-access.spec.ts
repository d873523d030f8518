import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const [person, concern] = [randomUUID(), randomUUID()];
const [reference, why] = ['SC-0123-ABCD', 'Request 12 of 1 July 2026'];
const entry = { service: 'triage', record: 'concern', recordId: concern, reference, when: '2026-07-01T09:00:00.000000Z', what: 'Concern received: account, worry', words: '<b>A worry.</b>', thirdParty: 'is what somebody else said' };
const own = { ...entry, service: 'people', record: 'person', recordId: person, reference: '', when: null, what: 'Who they are: family name', words: 'Varga', thirdParty: null };
const decided = { ...entry, when: '2026-07-02T09:00:00.000000Z', what: 'Concern triaged: decided by', words: 'staff-triage-2', thirdParty: 'names somebody who works for the council or a partner' };
const identity = { givenName: 'Vera', familyName: 'Varga', birthDate: '1946-05-01', nhsNumber: '9990000018', address: null, postcode: 'NN11 4FP' };
const staff = { items: [{ actsAs: 'staff-triage-2', name: 'Somebody invented', roles: [{ role: 'triage_officer' }], status: 'active' }], next: null };
const again = () => Response.json({ status: 401, code: 'token/step_up' }, { status: 401 });

/** What the services answer, by where they are asked; and what they were asked. */
let answers: Record<string, () => Response>;
let asked: Record<string, object[]>;
const services = jest.fn<typeof fetch>(async (input, init) => {
  const { hostname, pathname } = new URL(String(input));
  const place = `${hostname.split('.')[0]} ${pathname}`;
  (asked[place] ??= []).push(JSON.parse(String(init?.body ?? '{}')) as object);
  return answers[place]?.() ?? Response.json({}, { status: 404 });
});

const sites: AStaffSite[] = [];
async function siteFor(role: string): Promise<AStaffSite> {
  const site = await AStaffSite.start({ visitor: visitorAs(role), services, now: () => Date.parse('2026-07-03T09:00:00Z') });
  sites.push(site);
  return site;
}
let site: AStaffSite;
beforeAll(async () => {
  site = await siteFor('data_manager');
});
beforeEach(() => {
  asked = {};
  answers = {
    'triage /subject-access/find': () => Response.json({ items: [{ id: concern, reference, personId: person }] }),
    'dols /subject-access/find': () => Response.json({ items: [] }),
    [`people /people/${person}`]: () => Response.json({ identity }),
    'people /subject-access': () => Response.json({ entries: [own], next: null }),
    'triage /subject-access': () => Response.json(asked['triage /subject-access']!.length === 1 ? { entries: [entry], next: concern } : { entries: [decided], next: null }),
    'section42 /subject-access': () => Response.json({ entries: [], next: null }),
    'dols /subject-access': () => Response.json({ entries: [], next: null }),
    'directory /staff': () => Response.json(staff),
  };
});
afterAll(() => Promise.all(sites.map((one) => one.close())));

const find = (fields: Record<string, string> = { reference, why }) => site.send('/subject-access', fields);
const pack = async (format: string, fields: Record<string, string> = {}) => site.sendFrom(await find(), '/subject-access/pack', { why, format, ...fields });

describe('answering a subject access request', () => {
  it('is for data managers', async () => {
    expect((await site.get('/')).payload).toContain('Answer a subject access request');
    const officers = await siteFor('triage_officer');
    expect((await officers.get('/')).payload).not.toContain('subject access');
    expect((await officers.get('/subject-access')).statusCode).toBe(403);
  });

  it('begins from the page of a record too, whose reference stands in no address', async () => {
    const { statusCode, payload } = await site.sendFrom(await site.get('/subject-access'), '/subject-access/of', { reference });
    expect([statusCode, payload.includes(`value="${reference}"`), payload.includes('There is a problem')]).toEqual([200, true, false]);
    expect(asked).toEqual({});
    const officers = await siteFor('triage_officer');
    expect((await officers.sendFrom(await officers.get('/'), '/subject-access/of', { reference })).statusCode).toBe(403);
  });

  it('asks who it is about and why, and shows who that is before anything is made', async () => {
    const { statusCode, payload } = await find();
    expect(statusCode).toBe(200);
    for (const text of ['Is this who asks?', 'Vera Varga', '1 May 1946', '9990000018', `value="${why}"`]) expect(payload).toContain(text);
    expect(asked['triage /subject-access/find']).toEqual([{ reference, why }]);
    expect(asked['people /subject-access']).toBeUndefined();
  });

  it('says what is left out, and where nobody is found', async () => {
    const empty = await find({ reference: '', why: ' ' });
    expect([empty.statusCode, empty.payload.includes('Type the whole reference'), empty.payload.includes('Say in one line why')]).toEqual([400, true, true]);
    answers['triage /subject-access/find'] = () => Response.json({ items: [] });
    expect((await find()).payload).toContain('No record of your council that you may see has this reference. That you tried is recorded');
    answers['triage /subject-access/find'] = () => Response.json({ items: [{ id: concern, reference, personId: null }] });
    expect((await find()).payload).toContain('Nobody knows yet who this record is about');
    answers['dols /subject-access/find'] = () => Response.json({ items: [{ id: randomUUID(), reference, personId: person }] });
    expect((await find()).payload).toContain('Records about different people have this reference');
  });

  it('asks for proof of who it is, and keeps what was typed', async () => {
    answers['triage /subject-access/find'] = again;
    const { statusCode, payload } = await find();
    expect(statusCode).toBe(401);
    for (const text of ['/sign-in?to=%2Fsubject-access&amp;again=yes', `value="${reference}"`, `value="${why}"`]) expect(payload).toContain(text);
  });
});

describe('a pack', () => {
  it('is a document of its own to be kept: every entry with why it is flagged, nothing as markup, nobody in its name', async () => {
    const { statusCode, headers, payload } = await pack('html');
    expect([statusCode, headers['content-type'], headers['content-disposition'], headers['cache-control']]).toEqual([200, 'text/html; charset=utf-8', 'attachment; filename="subject-access-2026-07-03.html"', 'no-store']);
    for (const text of [
      'Made 3 July 2026, 10:00am, by Somebody invented. Why: Request 12 of 1 July 2026', '3 entries, 2 of them flagged', '<h2>Who they are</h2>', '<h2>Concern SC-0123-ABCD</h2>', 'Varga', '&lt;b&gt;A worry.',
      'Look at this: it is what somebody else said.', 'aria-label="Redact entry 3"', 'are not in it. This is said in every pack, whether there are such records or not', 'No program can tell what could cause serious harm', 'End of the pack.',
    ]) expect(payload).toContain(text);
    expect(payload).toMatch(/decided by[^]*<p class="words">Somebody invented<\/p>/);
    expect(payload).not.toMatch(/<script|https?:|src=/);
  });

  it('has every page of every service, and the enquiries of the concerns that were shown', async () => {
    await pack('html');
    expect(asked['triage /subject-access']).toEqual([{ person, why }, { person, why, after: concern }]);
    expect(asked['section42 /subject-access']).toEqual([{ person, why, concerns: [concern] }]);
  });

  it('is the same as data', async () => {
    const { headers, payload } = await pack('json');
    expect([headers['content-type'], headers['content-disposition'], headers['cache-control']]).toEqual(['application/json; charset=utf-8', 'attachment; filename="subject-access-2026-07-03.json"', 'no-store']);
    expect(JSON.parse(payload)).toMatchObject({ madeBy: 'Somebody invented', why, entries: [own, entry, decided], preface: expect.any(Array) });
  });

  it('is whole or not made at all', async () => {
    answers['dols /subject-access'] = () => Response.json({}, { status: 500 });
    const { statusCode, headers, payload } = await pack('html');
    expect([statusCode, headers['content-disposition']]).toEqual([503, undefined]);
    for (const text of ['so that it would not be whole', `value="${why}"`, 'Vera Varga']) expect(payload).toContain(text);
  });

  it('asks for proof again where that has run out, and says where there is nobody', async () => {
    answers['people /subject-access'] = again;
    expect((await pack('html')).statusCode).toBe(401);
    answers['people /subject-access'] = () => Response.json({}, { status: 404 });
    expect((await pack('html')).statusCode).toBe(404);
    expect((await pack('html', { why: ' ' })).statusCode).toBe(400);
    expect((await pack('html', { person: 'nobody' })).statusCode).toBe(400);
  });
});
