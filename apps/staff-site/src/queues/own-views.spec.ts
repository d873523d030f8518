import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const item = { id: '0190c1d2-0000-7000-8000-0000000000c1', sequence: 2, reference: 'SC-0001', authority: 'E06000062', receivedAt: '2026-07-01T09:00:00.000000Z', immediateRisk: 'no', assignedTo: null, personId: null, waitingDays: 0 };
const counts = { all: 12, mine: 3, nobodys: 7, atRisk: 0, dangerNotKnown: 6, late: 5, lateNobodys: 4, dangerTold: 0 };
const lateFromPolice = { queue: 'triage', filters: { late: 'yes', referrerType: 'police' } };
const high = { queue: 'dols', filters: { band: 'high', kind: 'renewal' } };
const at = { late: '/queues/triage?referrerType=police&late=yes', high: '/queues/dols?band=high&kind=renewal' };
const asOf = '2026-07-01T15:00:00.000000Z';

describe('the views that somebody saved for themselves', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let kept: { queue: string; filters: Record<string, string> }[];
  let answer: () => Response;
  let directory: () => Response | Promise<Response>;
  let queue: () => Promise<void>;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('manager'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    kept = [lateFromPolice, high];
    answer = () => Response.json({ id: item.id, sequence: 4, items: kept });
    directory = () => Response.json({ items: kept });
    queue = () => Promise.resolve();
    services.mockReset();
    services.mockImplementation(async (input, init) => {
      const { host, pathname } = new URL(String(input));
      if (host === 'directory.test' && pathname.startsWith('/staff/own/views')) return init?.method === 'POST' ? answer() : directory();
      if (host === 'directory.test') return Response.json({ items: [], next: null });
      if (pathname === '/queue/state') return Response.json({ state: '2' });
      await queue();
      if (host !== 'triage.test') return Response.json({ items: [], total: 0, page: 1, pageSize: 50, asOf });
      return Response.json({ items: [item], total: 1, state: '1', counts, page: 1, pageSize: 50, asOf });
    });
  });
  const page = async (url: string): Promise<string> => (await site.get(url)).payload;
  const sent = () => services.mock.calls.filter(([, init]) => init?.method === 'POST').map(([input, init]) => ({ to: String(input), body: JSON.parse(String(init!.body)) as unknown, headers: init!.headers as Record<string, string> }));
  const change = async (from: string, act: string) => {
    const opened = await site.get(from);
    const [, action] = /<form method="post" action="([^"]+\/views\/[^"]+)"/.exec(opened.payload) ?? [];
    expect(action).toContain(`/views/${act}?`);
    return site.sendFrom(opened, action!.replaceAll('&amp;', '&'), {});
  };

  it('stand after those that everybody has, called by what is chosen in them, each in its own queue', async () => {
    const triage = await page('/queues/triage');
    expect(triage).toContain('<a class="govuk-link" href="/queues/triage?authority=E06000062&amp;late=yes&amp;referrerType=police">Late: Yes, Raised by: Police</a>');
    expect(triage.indexOf('Late, and nobody has (4)')).toBeLessThan(triage.indexOf('Your views'));
    expect([triage.includes('Priority: High'), (await page('/queues/dols')).includes('>Priority: High, Kind: Renewal</a>')]).toEqual([false, true]);
  });

  it('are offered to be saved where what is chosen is no view yet, and to be forgotten where it is one’s own', async () => {
    const offered = async (url: string) => /(Save|Forget) this view/.exec(await page(url))?.[1];
    for (const url of ['/queues/triage', '/queues/triage?late=yes', '/queues/dols', '/queues/feedback', '/queues/decided']) expect(await offered(url)).toBeUndefined();
    for (const url of ['/queues/triage?late=yes&immediateRisk=yes', '/queues/dols?band=high', '/queues/enquiries?kind=s42']) expect(await offered(url)).toBe('Save');
    for (const url of [at.late, at.high]) {
      expect(await offered(url)).toBe('Forget');
      expect(await page(url)).toContain('aria-current="true">');
    }
  });

  it('are saved with what is chosen alone, in the words of the service, and the queue says so as long as it is so', async () => {
    kept = [];
    const reply = await change(`${at.late}&page=2&sort=receivedAt`, 'save');
    expect(sent()).toMatchObject([{ to: 'http://directory.test/staff/own/views', body: lateFromPolice, headers: { 'idempotency-key': expect.stringMatching(/^[\w-]{36}$/) } }]);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/queues/triage?authority=E06000062&page=2&sort=receivedAt&direction=asc&referrerType=police&late=yes&done=save']);
    expect(await page(String(reply.headers.location))).not.toContain('The view is saved');
    kept = [lateFromPolice];
    expect(await page(String(reply.headers.location))).toContain('The view is saved');
  });

  it('are forgotten, and the queue stays where it was', async () => {
    const reply = await change(at.high, 'forget');
    expect(sent()).toMatchObject([{ to: 'http://directory.test/staff/own/views/forget', body: high }]);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/queues/dols?authority=E06000062&page=1&band=high&kind=renewal&done=forget']);
    expect(await page(String(reply.headers.location))).not.toContain('The view is forgotten');
    kept = [];
    expect(await page(String(reply.headers.location))).toContain('The view is forgotten');
  });

  it('keep another council where that was chosen, and are no view any more where the queue does not know a choice', async () => {
    await change('/queues/dols?authority=E06000061&band=low', 'save');
    expect(sent()).toMatchObject([{ body: { queue: 'dols', filters: { band: 'low', authority: 'E06000061' } } }]);
    kept = [{ queue: 'dols', filters: { band: 'low', authority: 'E06000061' } }, { queue: 'dols', filters: { band: 'purple' } }, { queue: 'dols', filters: { colour: 'high' } }];
    const shown = await page('/queues/dols?authority=E06000061&band=low');
    expect(shown).toContain('href="/queues/dols?authority=E06000061&amp;band=low" aria-current="true">Priority: Low, North Northamptonshire</a>');
    expect([/purple|colour/.test(shown), shown.includes('Forget this view')]).toEqual([false, true]);
  });

  it('that cannot be saved are refused in the words of the directory, over the queue as it is', async () => {
    answer = () => Response.json({ status: 409, code: 'staff-member/too-many-views', detail: 'You have saved 20 views already.' }, { status: 409 });
    for (const [url, whole] of [['/queues/triage?late=yes&immediateRisk=yes', 'Tick SC-0001'], ['/queues/enquiries?kind=s42', 'Unallocated enquiries']] as const) {
      const { statusCode, payload } = await change(url, 'save');
      expect([statusCode, payload.includes('The view was not saved'), payload.includes('<a href="#own-view">You have saved 20 views already.</a>'), payload.includes('id="own-view"'), payload.includes(whole)]).toEqual([409, true, true, true, true]);
    }
  });

  it('leave the queue whole while the directory is away, and are saved under the same key when it is back', async () => {
    const opened = await site.get('/queues/triage?late=yes&immediateRisk=yes');
    for (const away of [() => Response.json({}, { status: 503 }), () => Response.json({ status: 404 }, { status: 404 }), () => Response.json({ status: 403, detail: 'No.' }, { status: 403 })]) {
      directory = away;
      const { statusCode, payload } = await site.get(at.late);
      expect([statusCode, payload.includes('SC-0001'), payload.includes('All (12)'), /Your views|this view/.test(payload)]).toEqual([200, true, true, false]);
    }
    answer = () => Response.json({}, { status: 503 });
    const { statusCode, payload } = await site.sendFrom(opened, '/queues/triage/views/save?late=yes&immediateRisk=yes', {});
    expect([statusCode, payload.includes(`name="key" value="${sent()[0]!.headers['idempotency-key']}"`)]).toEqual([503, true]);
  });

  it('are asked for beside the queue', async () => {
    let asked = (): void => {};
    const own = new Promise<void>((resolve) => (asked = resolve));
    directory = () => (asked(), Response.json({ items: kept }));
    queue = () => own;
    expect(await page('/queues/triage')).toContain('Late: Yes, Raised by: Police');
  });

  it('are not asked for again by a page that is open and has them, outside of what is replaced there', async () => {
    const opened = await page('/queues/triage');
    const replaced = /data-live-part="views">[^]*?<\/nav>/.exec(opened)![0];
    expect([replaced.includes('Late (5)'), replaced.includes('Your views'), opened.includes('Your views')]).toEqual([true, false, true]);
    services.mockClear();
    expect(await page('/queues/triage/now?state=1')).toContain('data-live-part="views"');
    expect(services.mock.calls.map(([input]) => String(input)).filter((url) => url.includes('/views'))).toEqual([]);
  });

  it('are changed by no other site, in no other queue and in no other way', async () => {
    for (const name of ['triage', 'dols']) expect((await site.forge(`/queues/${name}/views/save?late=yes`)).statusCode).toBe(403);
    const opened = await site.get('/queues/triage');
    for (const path of ['feedback/views/save', 'triage/views/rename', 'dols/views/rename']) expect((await site.sendFrom(opened, `/queues/${path}`, {})).statusCode).toBe(404);
    expect(sent()).toEqual([]);
  });
});
