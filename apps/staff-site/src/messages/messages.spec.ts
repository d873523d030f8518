import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const id = '0190c1d2-0000-4000-8000-0000000000a1:v1';
const path = `/messages/people/${encodeURIComponent(id)}`;
const letter = { id, stream: 'triage', streamSequence: 7, type: 'safeguarding.concern.received.v1', errorClass: 'ZodError', attempts: 8, setAsideAt: '2026-07-01T09:00:00.000000Z' };
const opened = { ...letter, foundIn: 'stream', contract: { subject: '0190c1d2-0000-4000-8000-0000000000b2', data: { channel: 'online' } } };

describe('messages that were set aside', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let resent: () => Response;

  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('data_manager'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    services.mockReset();
    resent = () => Response.json({ id, outcome: 'taken', errorClass: null, attempts: 9, whatToDo: 'Nothing: it was taken.' });
    services.mockImplementation(async (input) => {
      const { host, pathname } = new URL(String(input));
      if (host !== 'people.test') return Response.json({ items: [], total: 0, pageSize: 50 });
      if (pathname.endsWith('/resend')) return resent();
      return pathname === '/dead-letters' ? Response.json({ items: [letter], total: 1, pageSize: 50 }) : Response.json(opened);
    });
  });

  const get = (url: string) => site.get(url);
  const sendAgain = (fields: Record<string, string>) => site.send(path, fields);

  it('are listed, service by service', async () => {
    expect((await get('/messages')).payload).toContain('No message waits with metrics.');
    const { payload } = await get('/messages?service=people');
    for (const text of ['1 message could not be handled by people', 'safeguarding.concern.received.v1', 'ZodError', path]) expect(payload).toContain(text);
  });

  it('are shown with what they say, in the name of whoever is signed in', async () => {
    const { payload } = await get(path);
    expect(payload).toContain('&quot;channel&quot;: &quot;online&quot;');
    expect(services.mock.calls[0]?.[1]?.headers).toMatchObject({ authorization: 'Bearer of-somebody' });
  });

  it('are sent again with a reason, once for a form', async () => {
    const reply = await sendAgain({ reason: 'mended' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/messages?service=people&taken=true']);
    const [, init] = services.mock.calls.at(-1)!;
    expect([init?.body, init?.headers]).toEqual(['{"reason":"mended"}', expect.objectContaining({ 'idempotency-key': expect.stringMatching(/^[\w-]{36}$/) })]);
    expect((await get('/messages?service=people&taken=true')).payload).toContain('The message was taken by people.');
  });

  it('are not sent without one', async () => {
    const reply = await sendAgain({ reason: ' ' });
    expect(reply.statusCode).toBe(400);
    expect(reply.payload).toContain('href="#reason"');
    expect(services.mock.calls.some(([input]) => String(input).endsWith('/resend'))).toBe(false);
  });

  it('say what to do where they fail again', async () => {
    resent = () => Response.json({ id, outcome: 'failed_again', errorClass: 'ZodError', attempts: 9, whatToDo: 'Bring this service up to date.' });
    const reply = await sendAgain({ reason: 'a try' });
    expect(reply.statusCode).toBe(422);
    for (const text of ['It failed again (ZodError). Bring this service up to date.', '>a try</textarea>']) expect(reply.payload).toContain(text);
  });

  it('stay where the service is away', async () => {
    resent = () => Response.json({}, { status: 503 });
    const lost = await sendAgain({ reason: 'a try' });
    expect(lost.statusCode).toBe(503);
    for (const text of ['It is not known whether it was sent again', 'recorded once', '>a try</textarea>']) expect(lost.payload).toContain(text);
    expect(lost.payload).not.toContain('was not sent');
    const sent = services.mock.calls.find(([input]) => String(input).endsWith('/resend'))![1]!;
    expect(lost.payload).toContain(`name="key" value="${(sent.headers as Record<string, string>)['idempotency-key']}"`);
  });

  it('are said to have been sent where the form is sent again with another reason', async () => {
    resent = () => Response.json({ status: 422, code: 'idempotency/key-reused' }, { status: 422 });
    const { statusCode, payload } = await sendAgain({ reason: 'another' });
    expect([statusCode, payload.includes('You sent this form before, and that was recorded')]).toEqual([422, true]);
  });

  it('of another service than there is are not found', async () => expect((await get('/messages/nonsense/1')).statusCode).toBe(404));
});
