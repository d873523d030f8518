import { runInNewContext } from 'node:vm';
import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';
import { paths } from '../paths.js';
import { isUnattended, liveScript } from './live.js';

const item = { id: '0190c1d2-0000-7000-8000-0000000000c1', sequence: 2, reference: 'SC-0001', authority: 'E06000062', receivedAt: '2026-07-01T09:00:00.000000Z', immediateRisk: 'no', assignedTo: null, personId: null, waitingDays: 0 };

describe('a queue that somebody looks at', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let state = '1.2';
  let dangerTold = 0;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('triage_officer'), services, now: () => Date.parse('2026-07-01T15:00:00Z') });
    services.mockImplementation(async (input) => {
      const { host, pathname } = new URL(String(input));
      if (host === 'directory.test') return Response.json({ items: [], next: null });
      if (pathname === '/queue/state') return Response.json({ state });
      if (pathname === '/decided') return Response.json({ items: [{ ...item, outcome: 'no_further_action', decidedAt: item.receivedAt, decidedBy: null, feedback: 'told', referrerType: null, dangerToldAt: '2026-07-01T12:00:00.000000Z' }], next: null, asOf: item.receivedAt });
      return Response.json({ items: [item], total: 1, state, counts: { all: 12, mine: 3, nobodys: 7, atRisk: 0, dangerNotKnown: 6, late: 5, lateNobodys: 1204, dangerTold }, page: 1, pageSize: 50, asOf: '2026-07-01T15:00:00.000000Z' });
    });
  });
  afterAll(() => site.close());
  beforeEach(() => services.mockClear());
  const asked = () => services.mock.calls.map(([input]) => new URL(String(input))).filter(({ host }) => host === 'triage.test').map(({ pathname, search }) => pathname + search);

  it('says where it is to be asked for again, and how it was', async () => {
    const { payload, headers } = await site.get('/queues/triage?has=nobody');
    expect(payload).toContain('data-live="/queues/triage/now?authority=E06000062&amp;page=1&amp;has=nobody" data-state="1.2"');
    const [, script] = /<script src="([^"]+)" defer>/.exec(payload) ?? [];
    expect((await site.get(script!)).headers['content-type']).toContain('text/javascript');
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
  });

  it('says over everything, also on the first page, which are decided and said to be in danger since; and asks for them where there are any', async () => {
    expect((await site.get('/queues/triage')).payload).not.toContain('id="danger-told"');
    expect(asked()).toEqual(['/queue?authority=E06000062&page=1']);
    dangerTold = 1;
    const [queue, home] = [(await site.get('/queues/triage?immediateRisk=yes')).payload, (await site.get('/')).payload];
    dangerTold = 0;
    expect(queue).toContain('/queues/decided?authority=E06000062&amp;dangerTold=yes">Decided, danger told since (1)</a>');
    for (const text of ['In danger now, as was said or recorded after the decision: 1 concern. Nobody has seen to it yet', `href="/concerns/${item.id}"`, 'told 1 July 2026, 1:00pm', 'No further action']) expect([queue.includes(text), home.includes(text)]).toEqual([true, true]);
    expect(asked()).toContain('/decided?authority=E06000062&dangerTold=true');
  });

  it('has its views with how many wait in each, and folds what chooses', async () => {
    const { payload } = await site.get('/queues/triage?has=nobody');
    for (const text of ['>All (12)</a>', '>You have (3)</a>', 'aria-current="true">Nobody has (7)</a>', '>In danger now (0)</a>', 'immediateRisk=not_known">Danger not known (6)</a>', '>Late (5)</a>', '>Late, and nobody has (1,204)</a>', 'data-live-part="views"', 'Choose which are shown: some are left out now']) expect(payload).toContain(text);
    expect(payload.match(/<details class="cw-fold">/g)).toHaveLength(2);
    expect((await site.get('/queues/enquiries')).payload).not.toContain('data-live-part="views"');
  });

  it('is not read again while it is the same', async () => {
    const { statusCode, payload } = await site.get('/queues/triage/now?has=nobody&state=1.2');
    expect([statusCode, payload]).toEqual([204, '']);
    expect(asked()).toEqual(['/queue/state?authority=E06000062&page=1&has=nobody']);
  });

  it('is shown as it is by then once it has changed, whatever was said of how it was', async () => {
    for (const before of ['1.1', '', 'x'.repeat(100)]) {
      const { statusCode, payload } = await site.get(`/queues/triage/now?has=nobody&state=${before}`);
      expect([statusCode, payload.includes('SC-0001'), payload.includes('data-state="1.2"')]).toEqual([200, true, true]);
    }
  });

  it('is not kept up to date where nobody triages', async () => {
    expect((await site.get('/queues/enquiries')).payload).not.toContain('data-live=');
  });
});

describe('the script that keeps a queue up to date', () => {
  it('says when it gets no answer, until it gets one again', async () => {
    const news = { dataset: { live: '/queues/triage/now?page=1', state: '1.2' }, textContent: '' };
    const answer = jest.fn<() => Promise<{ type: string; status: number }>>();
    let look = (): Promise<void> => Promise.resolve();
    const window = { fetch: answer, location: { href: 'https://site.test/queues/triage' }, setInterval: (every: typeof look) => void (look = every), clearInterval: () => {} };
    const document = { hidden: false, querySelector: () => news, addEventListener: () => {} };
    runInNewContext(liveScript.content.toString(), { document, window, fetch: answer, URL });
    const said = async (next: () => Promise<{ type: string; status: number }>): Promise<string> => (answer.mockImplementationOnce(next), await look(), news.textContent);
    const status = (code: number) => () => Promise.resolve({ type: 'basic', status: code });
    const away = 'What is new cannot be had just now. It is tried again by itself.';
    expect([await said(status(204)), await said(status(503)), await said(status(503)), await said(status(204)), await said(() => Promise.reject(new TypeError('gone')))]).toEqual(['', away, away, '', away]);
  });

  it('says of the page of a concern what happened, once, with the way to load it again, and goes on looking', async () => {
    const news = { dataset: { live: '/concerns/1/now', state: '2', liveSays: '' }, textContent: '', replaceChildren: jest.fn((line: string) => void (news.textContent = `${line}Load it again`)) };
    const lines = ['A Colleague opened it.', 'A Colleague opened it.', 'It changed.'];
    const answer = jest.fn(() => Promise.resolve({ type: 'basic', status: 200, text: () => Promise.resolve(lines.shift()!) }));
    let look = (): Promise<void> => Promise.resolve();
    const window = { fetch: answer, location: { href: 'https://site.test/concerns/1?done=ask', pathname: '/concerns/1' }, setInterval: (every: typeof look) => void (look = every), clearInterval: jest.fn() };
    const document = { hidden: false, querySelector: () => news, createElement: () => ({}), addEventListener: () => {} };
    runInNewContext(liveScript.content.toString(), { document, window, fetch: answer, URL });
    for (let times = 0; times < 3; times += 1) await look();
    const again = { href: '/concerns/1', className: 'govuk-link', textContent: 'Load it again' };
    expect(news.replaceChildren.mock.calls).toEqual([['A Colleague opened it. ', again], ['It changed. ', again]]);
    expect(window.clearInterval).not.toHaveBeenCalled();
  });
});

it('counts what an open page asks for by itself as nobody’s doing, and all else as somebody’s', () => {
  expect([paths.liveConcerns(), paths.liveConcern(item.id)].map(isUnattended)).toEqual([true, true]);
  expect([paths.concern(item.id), paths.concernAct(item.id, 'decide'), paths.queue('triage'), '/concerns/now', `/people/${item.id}/now`].map(isUnattended)).toEqual([false, false, false, false, false]);
});
