import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const id = '0190c1d2-0000-4000-8000-0000000000c1';
const concernId = '0190c1d2-0000-4000-8000-0000000000c2';
const basis = { class: 'no_enquiry', version: 1, source: 'An invented council: its schedule', trigger: 'last_contact', years: 6, lastContactAt: '2015-06-01T09:00:00.000000Z', dueOn: '2021-06-02' };
const due = { ...basis, id, reference: 'OLD-1', sequence: 3, onHold: false, heldWith: 'no', proposedBy: null };
const review = {
  id, sequence: 3, reference: 'OLD-1', status: 'triaged', codes: { receivedAt: '2015-05-01T09:00:00.000000Z', outcome: 'no_further_action', hasEnquiry: false }, retention: basis, isDue: true, onHold: false, heldWith: 'no', heldBy: null as string | null, heldSince: null as string | null, holdReason: null as string | null,
  proposedBy: null as string | null, permitted: ['PlaceLegalHold', 'ProposeDisposal'], asOf: '2026-07-01',
};

describe('what has been kept long enough', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let held: typeof review;
  let answer: () => Response;
  let concerns: object[];
  let isWhole: boolean;
  let called: Record<string, object[]>;
  let onHold: object[];
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('data_manager'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    [held, isWhole, onHold] = [review, true, []];
    answer = () => Response.json({ id, sequence: 4 });
    concerns = [due, { ...due, id: concernId, reference: 'OLD-2', onHold: true }, { ...due, reference: 'OLD-3', proposedBy: 'staff-data-2' }];
    called = { triage: [review], section42: [], dols: [] };
    services.mockReset();
    services.mockImplementation(async (input, init) => {
      const { host, pathname, searchParams } = new URL(String(input));
      if (host === 'directory.test') return Response.json({ items: [{ actsAs: 'staff-data-2', name: 'A Colleague', roles: [], status: 'active' }], next: null });
      if (pathname === '/retention/find') return Response.json({ items: called[host.replace('.test', '')] });
      if (init?.method === 'POST') return answer();
      if (pathname.endsWith('/retention')) return Response.json(held);
      if (pathname === '/retention/held' && host !== 'section42.test') return Response.json({ items: host === 'triage.test' ? onHold : [], next: host === 'triage.test' && onHold.length > 0 && !searchParams.get('after') ? id : null });
      if (host === 'section42.test') return new Response('', { status: 500 });
      if (host === 'dols.test') return Response.json({ items: [], next: null, isWhole, asOf: '2026-07-01' });
      return Response.json({ items: searchParams.get('after') === concernId ? [] : concerns, next: searchParams.get('after') === concernId ? null : concernId, isWhole, asOf: '2026-07-01' });
    });
  });
  const sent = () => services.mock.calls.filter(([input, init]) => init?.method === 'POST' && !String(input).includes('find')).map(([input, init]) => ({ to: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) as object, headers: init!.headers as Record<string, string> }));

  it('is listed kind by kind with where it stands, and says which service does not answer', async () => {
    const { statusCode, payload } = await site.get('/retention');
    expect(statusCode).toBe(200);
    for (const text of ['Nothing goes by itself', 'OLD-1', 'Came to no enquiry', '1 June 2015', '2 June 2021', 'Legal hold', 'A Colleague says that it may go', `href="/retention/concerns/${id}"`, `href="/retention?concerns=${concernId}"`, 'These cannot be shown just now']) expect(payload).toContain(text);
  });

  it('is listed where a legal hold keeps it, due or not, with who holds it since when, and leads to where that is lifted', async () => {
    onHold = [{ id: concernId, reference: 'SC-HELD', status: 'triaged', heldBy: 'staff-data-2', heldSince: '2026-05-01T09:00:00.000000Z' }];
    const { payload } = await site.get('/retention');
    for (const text of ['Under a legal hold', `href="/retention/concerns/${concernId}">SC-HELD`, 'Decided', 'Held since 1 May 2026', 'By A Colleague', `href="/retention?held-concerns=${id}"`, 'Whether any are held cannot be shown just now']) expect(payload).toContain(text);
    expect((await site.get(`/retention?held-concerns=${id}`)).payload).not.toContain('More held');
    const answers = services.getMockImplementation()!;
    services.mockImplementation(async (input, init) => (String(input).includes('/retention/held') ? Response.json({ items: [], next: null }) : answers(input, init)));
    expect((await site.get('/retention')).payload).toContain('Nothing is under a legal hold.');
  });

  it('is said in the words of the page of the record itself', async () => {
    held = { ...review, codes: { ...review.codes, outcome: 'care_act_assessment' } };
    const { payload } = await site.get(`/retention/concerns/${id}`);
    for (const text of ['Decided', 'Care Act assessment']) expect(payload).toContain(text);
    for (const text of ['Triaged', 'Care act assessment']) expect(payload).not.toContain(text);
  });

  it('is asked for further where what was quiet is not due after all', async () => {
    concerns = [];
    const { payload } = await site.get('/retention');
    expect(payload).toContain('Nothing is due.');
    expect(services.mock.calls.map(([input]) => new URL(String(input))).filter(({ host, pathname }) => host === 'triage.test' && pathname === '/retention/due')).toHaveLength(2);
  });

  it('is said to be none only where all were looked at, and is asked for no further where a service fails', async () => {
    const asked = () => services.mock.calls.map(([input]) => new URL(String(input))).filter(({ host, pathname }) => host === 'triage.test' && pathname === '/retention/due').length;
    const answers = services.getMockImplementation()!;
    services.mockImplementation(async (input, init) => (new URL(String(input)).host === 'triage.test' && asked() > 1 ? new Response('', { status: 500 }) : answers(input, init)));
    concerns = [];
    const { payload } = await site.get('/retention');
    for (const text of ['None among those looked at so far.', `href="/retention?concerns=${concernId}"`]) expect(payload).toContain(text);
    expect(asked()).toBe(2);
  });

  it('is found by its reference, which stands in no address', async () => {
    const page = await site.get('/retention');
    const found = await site.sendFrom(page, '/retention/find', { reference: 'OLD-1' });
    expect([found.statusCode, found.headers.location]).toEqual([303, `/retention/concerns/${id}`]);
    called = { triage: [review], section42: [{ ...review, status: 'concluded' }], dols: [] };
    expect((await site.sendFrom(page, '/retention/find', { reference: 'OLD-1' })).payload).toContain('OLD-1: enquiry, concluded');
    called = { triage: [], section42: [], dols: [] };
    const none = await site.sendFrom(page, '/retention/find', { reference: 'Nobody' });
    expect([none.statusCode, none.payload.includes('Nothing of your council has this reference')]).toEqual([404, true]);
    expect((await site.sendFrom(page, '/retention/find', { reference: ' ' })).statusCode).toBe(400);
    expect(services.mock.calls.every(([input]) => !String(input).includes('OLD-1'))).toBe(true);
  });

  it('is found by nothing that may have changed anything: where no answer comes, nothing is said of what was recorded', async () => {
    const page = await site.get('/retention');
    services.mockImplementation(async () => Response.json({}, { status: 503 }));
    const { statusCode, payload } = await site.sendFrom(page, '/retention/find', { reference: 'OLD-1' });
    expect([statusCode, payload.includes('value="OLD-1"'), payload.includes('It is not known')]).toEqual([503, true, false]);
  });

  it('is looked at in codes, with the rule and its source', async () => {
    const { payload } = await site.get(`/retention/concerns/${id}`);
    for (const text of ['OLD-1: how long it is kept', 'No further action', '6 years from the last time that anybody dealt with it', 'An invented council: its schedule', 'Due since', '2 June 2021', 'Say that it may go', 'Put under a legal hold']) expect(payload).toContain(text);
    for (const text of ['Dispose of it for good', 'Lift the legal hold']) expect(payload).not.toContain(text);
    expect((await site.get('/retention/concerns/1')).statusCode).toBe(404);
    expect((await site.get(`/retention/staff/${id}`)).statusCode).toBe(404);
  });

  it('names a person to whoever opens them alone, and says what goes', async () => {
    const person = { class: 'person', trigger: 'last_record', years: 0, lastContactAt: '2026-06-01T09:00:00.000000Z', dueOn: '2026-06-01' };
    concerns = [{ ...due, ...person, reference: 'PE-1' }];
    const list = (await site.get('/retention')).payload;
    for (const text of ['Who people are', 'PE-1', 'Named by no record any more', `href="/retention/people/${id}"`]) expect(list).toContain(text);
    held = { ...review, reference: 'PE-1', status: 'known', codes: {} as never, retention: { ...basis, ...person }, proposedBy: 'staff-data-2', permitted: ['PlaceLegalHold', 'ConfirmDisposal', 'DeclineDisposal'], name: { givenName: 'Ilka', familyName: '<Abel>' } } as never;
    const { payload } = await site.get(`/retention/people/${id}`);
    for (const text of ['Ilka &lt;Abel&gt;', 'No longer than the day on which the last record that named them was disposed of', 'Last record disposed of on', 'Their name, date of birth, NHS number and address']) expect(payload).toContain(text);
    expect(/<title>[^<]*Abel/.test(payload)).toBe(false);
    held = { ...held, status: 'joined', retention: null, permitted: [], codes: { into: concernId } } as never;
    const joined = (await site.get(`/retention/people/${id}`)).payload;
    for (const text of ['They go with the person whom they were found to be', `href="/retention/people/${concernId}"`]) expect(joined).toContain(text);
    held = { ...held, status: 'known', heldWith: 'not_known', codes: {} } as never;
    expect((await site.get(`/retention/people/${id}`)).payload).toContain('whether a record still names them: they are kept');
  });

  it('says who holds it, since when and why, to whoever may lift that', async () => {
    held = { ...review, onHold: true, heldBy: 'staff-data-2', heldSince: '2026-05-01T09:00:00.000000Z', holdReason: 'An inquiry into <an invented home>.', permitted: ['LiftLegalHold'] };
    const { payload } = await site.get(`/retention/concerns/${id}`);
    for (const text of ['Put under it by A Colleague on 1 May 2026', 'An inquiry into &lt;an invented home&gt;.', 'Why it need not be kept any more']) expect(payload).toContain(text);
  });

  it('leads from a concern to its enquiry, and says that a hold on that keeps both', async () => {
    held = { ...review, heldWith: 'yes', permitted: ['PlaceLegalHold'], codes: { ...review.codes, hasEnquiry: true, enquiryId: concernId, personId: id } as never };
    const { payload } = await site.get(`/retention/concerns/${id}`);
    for (const text of ['Its enquiry is under a legal hold: both are kept until that is lifted', `href="/retention/enquiries/${concernId}"`, `href="/retention/people/${id}"`, 'action="/subject-access/of"', `name="reference" value="${review.reference}"`]) expect(payload).toContain(text);
    held = { ...held, heldWith: 'not_known' };
    expect((await site.get(`/retention/concerns/${id}`)).payload).toContain('cannot be learnt just now whether its enquiry is under a legal hold');
  });

  it('is asked for no further where another service could not be asked, and says that some may be missing', async () => {
    [concerns, isWhole] = [[], false];
    expect((await site.get('/retention')).payload).toContain('Another part of the system does not answer');
    expect(services.mock.calls.map(([input]) => new URL(String(input))).filter(({ host, pathname }) => host === 'triage.test' && pathname === '/retention/due')).toHaveLength(1);
  });

  it('leads from an enquiry to its concern', async () => {
    held = { ...review, status: 'concluded', codes: { kind: 's42', concernId } as never };
    const { payload } = await site.get(`/retention/enquiries/${id}`);
    for (const text of ['Section 42 enquiry', `href="/retention/concerns/${concernId}"`]) expect(payload).toContain(text);
  });

  it.each([
    ['propose', {}, 'disposal/propose', { reason: '' }],
    ['hold', { reason: 'An inquiry.' }, 'legal-hold', { held: true, reason: 'An inquiry.' }],
  ])('is done as it was seen, once for a form: %s', async (act, fields, to, body) => {
    const reply = await site.sendFrom(await site.get(`/retention/concerns/${id}`), `/retention/concerns/${id}/${act}`, fields);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `/retention/concerns/${id}?done=${act}`]);
    expect(sent()).toMatchObject([{ to: `/concerns/${id}/${to}`, body, headers: { 'if-match': '"3"', 'idempotency-key': expect.any(String) } }]);
  });

  it('goes when a second person confirms it, and is kept where they say why', async () => {
    held = { ...review, proposedBy: 'staff-data-2', permitted: ['PlaceLegalHold', 'ConfirmDisposal', 'DeclineDisposal'] };
    const page = await site.get(`/retention/concerns/${id}`);
    for (const text of ['May go, says', 'A Colleague', 'Dispose of it for good', 'goes for good']) expect(page.payload).toContain(text);
    const gone = await site.sendFrom(page, `/retention/concerns/${id}/confirm`, {});
    expect([gone.statusCode, gone.headers.location]).toEqual([303, `/retention/concerns/${id}?done=confirm`]);
    expect((await site.sendFrom(page, `/retention/concerns/${id}/decline`, { reason: 'Wanted.' })).statusCode).toBe(303);
    expect(sent().map(({ to, body }) => [to, body])).toEqual([[`/concerns/${id}/disposal/confirm`, { reason: '' }], [`/concerns/${id}/disposal/decline`, { reason: 'Wanted.' }]]);
  });

  it.each([
    ['hold', { onHold: true }, {}],
    ['lift', {}, { onHold: true }],
    ['propose', { proposedBy: 'staff-triage-1' }, { proposedBy: 'staff-data-2' }],
    ['decline', {}, { proposedBy: 'staff-data-2' }],
    ['confirm', { status: 'disposed' }, {}],
  ])('is said to be done where the record says so, and not by the address alone: %s', async (act, done, undone) => {
    const banner = async (is: object) => {
      held = { ...review, ...is };
      return (await site.get(`/retention/concerns/${id}?done=${act}`)).payload.includes('govuk-notification-banner--success');
    };
    expect([await banner(done), await banner(undone)]).toEqual([true, false]);
  });

  it('keeps what was typed where the answer was lost, as text where it can be sent no more', async () => {
    const page = await site.get(`/retention/concerns/${id}`);
    const sentFrom = () => site.sendFrom(page, `/retention/concerns/${id}/hold`, { reason: 'An inquiry.' });
    answer = () => new Response('', { status: 504 });
    held = { ...review, sequence: 9 };
    const again = await sentFrom();
    expect(again.statusCode).toBe(503);
    // The same version under the same key: it is done once.
    for (const text of ['It is not known whether it was done', '>An inquiry.</textarea>', 'name="seen" value="3"', 'href="#reason-hold"']) expect(again.payload).toContain(text);
    held = { ...review, onHold: true, permitted: ['LiftLegalHold'] };
    const gone = await sentFrom();
    for (const text of ['What you typed', '>An inquiry.</blockquote>', 'href="#main-content"']) expect(gone.payload).toContain(text);
    expect(gone.payload).not.toContain('href="#reason-hold"');
    answer = () => Response.json({ status: 412, detail: 'Changed.' }, { status: 412 });
    const changed = await sentFrom();
    for (const text of ['Nothing was done', 'meanwhile', '>An inquiry.</blockquote>']) expect(changed.payload).toContain(text);
  });

  it('keeps what was typed where its service answers nothing at all', async () => {
    const page = await site.get(`/retention/concerns/${id}`);
    services.mockImplementation(async (input) => (new URL(String(input)).host === 'directory.test' ? Response.json({ items: [], next: null }) : new Response('', { status: 503 })));
    const lost = await site.sendFrom(page, `/retention/concerns/${id}/hold`, { reason: 'An inquiry.' });
    expect([lost.statusCode, lost.payload.includes('>An inquiry.</textarea>'), lost.payload.includes('name="seen" value="3"')]).toEqual([503, true, true]);
  });

  it('is sought where somebody answers, and says who does not', async () => {
    const page = await site.get('/retention');
    const answers = services.getMockImplementation()!;
    services.mockImplementation(async (input, init) => (new URL(String(input)).host === 'dols.test' ? new Response('', { status: 500 }) : answers(input, init)));
    const found = await site.sendFrom(page, '/retention/find', { reference: 'OLD-1' });
    expect(found.statusCode).toBe(503);
    for (const text of ['Not everything could be searched', 'These could not be searched just now: DoLS requests', 'OLD-1: concern, decided']) expect(found.payload).toContain(text);
  });

  it('is not offered to whoever proposed it to confirm', async () => {
    held = { ...review, proposedBy: 'staff-triage-1', permitted: ['PlaceLegalHold', 'ConfirmDisposal', 'DeclineDisposal'] };
    const { payload } = await site.get(`/retention/concerns/${id}`);
    expect(payload).toContain('You said that it may go. A colleague has to confirm it.');
    expect(payload).not.toContain('Dispose of it for good');
  });

  it('says why something was refused, at its field, and keeps what was typed', async () => {
    const page = await site.get(`/retention/concerns/${id}`);
    answer = () => Response.json({ status: 409, code: 'concern/reason-required', detail: 'Say who needs this concern to be kept, and why.' }, { status: 409 });
    const refused = await site.sendFrom(page, `/retention/concerns/${id}/hold`, { reason: '  ' });
    expect([refused.statusCode, refused.payload.includes('href="#reason-hold"'), refused.payload.includes('Say who needs this concern to be kept')]).toEqual([409, true, true]);
    answer = () => Response.json({ status: 412, detail: 'Changed.', sequence: 5, changes: [] }, { status: 412 });
    const changed = await site.sendFrom(page, `/retention/concerns/${id}/hold`, { reason: 'An inquiry.' });
    expect([changed.statusCode, changed.payload.includes('meanwhile'), changed.payload.includes('>An inquiry.</textarea>')]).toEqual([412, true, true]);
    answer = () => new Response('', { status: 503 });
    expect((await site.sendFrom(page, `/retention/concerns/${id}/hold`, { reason: 'An inquiry.' })).statusCode).toBe(503);
    expect((await site.sendFrom(page, `/retention/concerns/${id}/burn`, {})).statusCode).toBe(404);
  });
});
