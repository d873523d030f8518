import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createSite, NotAllowed, ServiceUnavailable, SignedOut, visitor } from '#libs/pages';
import { LetInNoMore, NotAnswered, NotProven, type Oidc } from './oidc.js';
import type { PgSessionStore } from './pg-session-store.js';
import { SignIn } from './sign-in.js';

const minute = 60_000;
/** A token for whoever asks what it says, which nobody verifies here. */
const saying = (claims: object) => ['{"alg":"none"}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');
const tokens = { access: saying({ auth_time: 1_780_000_000 }), refresh: 'a refresh token', id: 'an ID token' };
const who = { id: 'staff-triage-1', roles: ['triage_officer'], authority: 'E06000062' };

@Module({})
class NoPages {}

/** What a session store cannot give just now. */
let isStoreAway = false;

/** A session store that forgets with the process. */
function memory(): PgSessionStore {
  const kept = new Map<string, string>();
  type Done = (error: Error | null, session?: unknown) => void;
  const store = {
    get: (id: string, done: Done) => (isStoreAway ? done(new ServiceUnavailable('sessions')) : done(null, JSON.parse(kept.get(id) ?? 'null'))),
    set: (id: string, session: object, done: Done) => (kept.set(id, JSON.stringify(session)), done(null)),
    destroy: (id: string, done: Done) => (isStoreAway ? done(new ServiceUnavailable('sessions')) : (kept.delete(id), done(null))),
    close: async () => {},
  };
  return store as unknown as PgSessionStore;
}

let now = Date.now();
let notes: object[] = [];
let site: NestFastifyApplication;
let finish: Oidc['finish'];
let whoIs: () => Promise<typeof who & { sessionsEndedAt?: string }> = async () => who;
let isRefusing = false;
let refreshed = 0;
let access = tokens.access;
let isAllOpen = false;
let letGo = 0;

beforeAll(async () => {
  const oidc = {
    begin: async (to: string) => ({ url: 'https://provider.example/', begun: { state: 's', nonce: 'n', verifier: 'v', to } }),
    finish: (query: string, begun: never) => finish(query, begun),
    refresh: async () => {
      if (isRefusing) throw new LetInNoMore('disabled');
      refreshed += 1;
      return { ...tokens, access, gotAt: now, endAt: now + 5 * minute };
    },
    signOutUrl: async () => 'https://provider.example/end',
  } as unknown as Oidc;
  const parts = { name: 'a-site', cookiePrefix: 'a-site', cookieSecret: 'a secret for tests, and long enough', secureCookies: false, logLevel: 'silent' };
  const render = (_template: string, model: object): string => JSON.stringify(model);
  const log = { info: (line: object) => void notes.push(line), warn: (line: object) => void notes.push(line) };
  const signIn = new SignIn({ site: parts, oidc, store: memory(), whoIs: () => whoIs(), render, now: () => now, isOpen: (path) => isAllOpen || path === '/open', isUnattended: (path) => path === '/now', isWayOut: (path) => path === '/exit', signedOut: () => void (letGo += 1), log });
  site = await createSite({ ...parts, pagesAMinute: 1_000, home: 'here', module: { module: NoPages }, render, before: async (app) => {
      await signIn.standBefore(app);
      app.getHttpAdapter().getInstance().get('/form', (_request, reply) => reply.generateCsrf());
      app.getHttpAdapter().getInstance().get('/me', () => visitor()?.roles ?? []);
      app.getHttpAdapter().getInstance().get('/now', () => 'as it was');
      app.getHttpAdapter().getInstance().get('/exit', (_request, reply) => reply.redirect('https://elsewhere.example/', 303));
    } });
  await site.init();
  await site.getHttpAdapter().getInstance().ready();
});
afterAll(() => site.close());
beforeEach(() => {
  notes = [];
  isStoreAway = false;
  isRefusing = false;
  [refreshed, access] = [0, tokens.access];
  whoIs = async () => who;
  finish = async () => ({ name: 'Somebody invented', tokens: { ...tokens, gotAt: now, endAt: now + 5 * minute } });
});

const cookiesOf = (reply: { cookies: { name: string; value: string }[] }) => Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]));
/** Comes back from the provider, and gives the cookies that somebody then has. */
async function signIn(): Promise<Record<string, string>> {
  const begun = await site.inject({ url: '/sign-in' });
  return cookiesOf(await site.inject({ url: '/signed-in?code=c&state=s', cookies: cookiesOf(begun) }));
}

describe('ASVS 5.0 V16.3.1: what is noted of signing in', () => {
  it('is who began a session and who ended it', async () => {
    const cookies = await signIn();
    const form = await site.inject({ url: '/form', cookies });
    const ended = await site.inject({ method: 'POST', url: '/sign-out', payload: { _csrf: form.payload }, cookies: { ...cookies, ...cookiesOf(form) } });
    expect(ended.headers.location).toBe('https://provider.example/end');
    expect(notes).toEqual(['signed in', 'signed out'].map((kind) => ({ kind, who: 'staff-triage-1' })));
  });

  it('is that somebody did not get in, and why', async () => {
    await site.inject({ url: '/signed-in?code=c&state=s' });
    finish = () => Promise.reject(new NotAnswered('another state'));
    await signIn();
    finish = async () => ({ name: '', tokens: { ...tokens, gotAt: now, endAt: now + minute } });
    whoIs = () => Promise.reject(new NotAllowed('You are nobody here.'));
    await signIn();
    finish = () => Promise.reject(new NotProven('one password'));
    await signIn();
    expect(notes).toEqual(['nothing was begun', 'the answer was not taken', 'nobody here', 'not proven enough'].map((why) => ({ kind: 'not signed in', why })));
  });

  it('is that a session was over, by itself or by the provider’s word', async () => {
    const cookies = await signIn();
    now += 31 * minute;
    await site.inject({ url: '/', cookies });
    const others = await signIn();
    isRefusing = true;
    now += 5 * minute;
    await site.inject({ url: '/', cookies: others });
    expect(notes.filter((note) => 'why' in note)).toEqual(['unused or old', 'let in no more'].map((why) => ({ kind: 'session over', who: 'staff-triage-1', why })));
  });

  it('is never a token, a name or where somebody wanted to go', async () => {
    await signIn();
    expect(JSON.stringify(notes)).not.toMatch(/token|invented|code|\//);
  });
});

describe('ASVS 5.0 V6.3.3: whoever did not sign in as it is asked for', () => {
  const comeBack = async () => site.inject({ url: '/signed-in?code=c&state=s', cookies: cookiesOf(await site.inject({ url: '/sign-in' })) });

  it('is not let in, and told what to do about it', async () => {
    finish = () => Promise.reject(new NotProven('one password'));
    const page = await comeBack();
    expect([page.statusCode, page.json().title, page.json().lines[0]]).toEqual([403, 'You are not signed in', expect.stringContaining('prove who they are in a second way')]);
    expect((await site.inject({ url: '/me', cookies: cookiesOf(page) })).statusCode).toBe(303);
  });

  it('is told that they are not signed in, and sent round in no circle, where a service alone asks for it', async () => {
    whoIs = () => Promise.reject(new SignedOut('people asks who that is'));
    const page = await comeBack();
    expect([page.statusCode, page.json().title, notes.at(-1)]).toEqual([400, 'You are not signed in', { kind: 'not signed in', why: 'no service takes the token' }]);
  });
});

it('whoever signed in anew in another tab is told to go back to the first, where what they typed waits', async () => {
  const begun = await site.inject({ url: '/sign-in?to=%2Fsigned-in-again' });
  const back = await site.inject({ url: '/signed-in?code=c&state=s', cookies: cookiesOf(begun) });
  expect(back.headers.location).toBe('/signed-in-again');
  const page = await site.inject({ url: '/signed-in-again', cookies: cookiesOf(back) });
  expect([page.statusCode, page.json().title, page.json().signInHref]).toEqual([200, 'You are signed in again', undefined]);
  expect((await site.inject({ url: '/signed-in-again' })).headers.location).toContain('/sign-in');
});

describe('ASVS 5.0 V7.5.2: somebody’s sessions', () => {
  it('are theirs to see and to end, also where every other page is for anybody', async () => {
    isAllOpen = true;
    const seen = await site.inject({ url: '/sessions' });
    const ended = await site.inject({ method: 'POST', url: '/sessions', payload: {} });
    isAllOpen = false;
    expect([seen.statusCode, seen.headers.location, ended.statusCode]).toEqual([303, '/sign-in?to=%2Fsessions', 401]);
  });
});

describe('signing out', () => {
  it('has the site let go of what else it keeps in the browser, with a form of its own alone', async () => {
    const cookies = await signIn();
    letGo = 0;
    expect((await site.inject({ method: 'POST', url: '/sign-out', payload: {}, cookies })).statusCode).toBe(403);
    expect(letGo).toBe(0);
    const form = await site.inject({ url: '/form', cookies });
    await site.inject({ method: 'POST', url: '/sign-out', payload: { _csrf: form.payload }, cookies: { ...cookies, ...cookiesOf(form) } });
    expect(letGo).toBe(1);
  });
});

describe('ASVS 5.0 V7.3.1: a session that nobody uses', () => {
  const isIn = async (cookies: Record<string, string>, url: string): Promise<boolean> => (await site.inject({ url, cookies })).statusCode === 200;

  it('is not kept open by what a page asks by itself', async () => {
    const cookies = await signIn();
    for (let waited = 0; waited < 30; waited += 10) {
      expect(await isIn(cookies, '/now')).toBe(true);
      now += 10 * minute;
    }
    expect(await isIn(cookies, '/now')).toBe(false);
  });

  it('is kept open by what somebody opens', async () => {
    const cookies = await signIn();
    for (let waited = 0; waited < 60; waited += 20) {
      expect(await isIn(cookies, '/me')).toBe(true);
      now += 20 * minute;
    }
  });
});

describe('ASVS 5.0 V7.4.2: whoever is signed in', () => {
  const rolesOf = async (cookies: Record<string, string>): Promise<unknown> => (await site.inject({ url: '/me', cookies })).json();

  it('is within five minutes what the directory says of them', async () => {
    const cookies = await signIn();
    expect(await rolesOf(cookies)).toEqual(['triage_officer']);
    whoIs = async () => ({ ...who, roles: ['manager'] });
    now += 5 * minute;
    expect(await rolesOf(cookies)).toEqual(['manager']);
  });

  it('is out within five minutes where the directory has disabled them', async () => {
    const cookies = await signIn();
    whoIs = () => Promise.reject(new NotAllowed('You are nobody here.'));
    now += 5 * minute;
    expect((await site.inject({ url: '/me', cookies })).headers.location).toBe('/sign-in?to=%2Fme');
    whoIs = async () => who;
    expect((await site.inject({ url: '/me', cookies })).statusCode).toBe(303);
    expect(notes.at(-1)).toEqual({ kind: 'session over', who: 'staff-triage-1', why: 'let in no more' });
  });

  it('ASVS 5.0 V7.4.5: is out where an administrator ended their sessions, and in again once they have signed in since', async () => {
    const cookies = await signIn();
    const sessionsEndedAt = new Date(now + minute).toISOString();
    whoIs = async () => ({ ...who, sessionsEndedAt });
    now += 5 * minute;
    expect((await site.inject({ url: '/me', cookies })).headers.location).toBe('/sign-in?to=%2Fme');
    const again = await signIn();
    now += 5 * minute;
    expect(await rolesOf(again)).toEqual(['triage_officer']);
  });

  const isAway = () => Promise.reject(new ServiceUnavailable('people'));

  it('works on while the service is away that would say, which is asked again with the next page', async () => {
    const cookies = await signIn();
    whoIs = isAway;
    now += 5 * minute;
    for (const _ of ['once', 'again']) expect(await rolesOf(cookies)).toEqual(['triage_officer']);
    whoIs = async () => ({ ...who, roles: ['manager'] });
    expect([await rolesOf(cookies), refreshed]).toEqual([['manager'], 1]);
    whoIs = () => Promise.reject(new Error('asked without need'));
    expect(await rolesOf(cookies)).toEqual(['manager']);
  });

  it('ASVS 5.0 V7.4.5: is out with the first page for which it can be said that their sessions were ended', async () => {
    const cookies = await signIn();
    whoIs = isAway;
    now += 5 * minute;
    expect(await rolesOf(cookies)).toEqual(['triage_officer']);
    whoIs = async () => ({ ...who, sessionsEndedAt: new Date(now - minute).toISOString() });
    expect((await site.inject({ url: '/me', cookies })).headers.location).toBe('/sign-in?to=%2Fme');
  });

  it.each([['which says nothing of when they proved who they are', saying({ iat: 1_780_000_300 })], ['which a site cannot read', 'an access token']])('waits for that where the provider gives a token %s, and loses nothing', async (_what, given) => {
    const cookies = await signIn();
    access = given;
    whoIs = isAway;
    now += 5 * minute;
    for (const _ of ['once', 'again']) expect((await site.inject({ url: '/me', cookies })).statusCode).toBe(503);
    const form = await site.inject({ method: 'POST', url: '/concerns/decide', payload: { outcome: 'no_further_action' }, cookies });
    expect([form.statusCode, form.payload.includes('no_further_action')]).toEqual([503, true]);
    whoIs = async () => who;
    expect([await rolesOf(cookies), refreshed]).toEqual([['triage_officer'], 1]);
  });
});

describe('ASVS 5.0 V3.5.1: a form that comes when nobody is signed in', () => {
  const send = (from: string) => site.inject({ method: 'POST', url: '/concerns/decide', payload: { outcome: 'no_further_action' }, headers: { 'sec-fetch-site': from } });

  it('is given back to whoever wrote it here', async () => {
    const { statusCode, payload } = await send('same-origin');
    expect([statusCode, payload.includes('no_further_action')]).toEqual([401, true]);
  });

  it('is not given a token of ours where another site had it written', async () => {
    const { statusCode, payload, cookies } = await send('cross-site');
    expect([statusCode, payload.includes('no_further_action'), payload.includes('csrf'), cookies]).toEqual([403, false, false, []]);
  });
});

describe('a session that cannot be read', () => {
  const send = (cookies: Record<string, string>) => site.inject({ method: 'POST', url: '/concerns/decide', payload: { outcome: 'no_further_action', code: '123456', _csrf: 'an old one' }, cookies });

  it('gives a form back to whoever wrote it, with a token of its own and without what opens something', async () => {
    const cookies = await signIn();
    isStoreAway = true;
    const { statusCode, headers, payload } = await send(cookies);
    expect([statusCode, headers['retry-after']]).toEqual([503, '10']);
    expect(JSON.parse(payload)).toMatchObject({ form: { action: '/concerns/decide', isWhole: true, hasCode: true, fields: [{ name: 'outcome', value: 'no_further_action' }] } });
    expect(payload).not.toMatch(/an old one|123456/);
  });

  it('ends none', async () => {
    const cookies = await signIn();
    isStoreAway = true;
    const there = [await send(cookies), await site.inject({ url: '/me', cookies })];
    expect(there.map(({ statusCode, cookies: set }) => [statusCode, set.filter(({ name }) => name.includes('session'))])).toEqual([[503, []], [503, []]]);
    isStoreAway = false;
    expect((await site.inject({ url: '/me', cookies })).json()).toEqual(['triage_officer']);
  });

  it('keeps nobody from signing out: the browser lets go of it, and of what else the site keeps there', async () => {
    const cookies = await signIn();
    const form = await site.inject({ url: '/form', cookies });
    [isStoreAway, letGo] = [true, 0];
    const ended = await site.inject({ method: 'POST', url: '/sign-out', payload: { _csrf: form.payload }, cookies: { ...cookies, ...cookiesOf(form) } });
    expect([ended.statusCode, ended.headers.location, letGo]).toEqual([303, '/signed-out', 1]);
    expect(ended.cookies.filter(({ name }) => name.includes('session'))).toMatchObject([{ value: '' }]);
  });

  it('keeps nobody from getting away', async () => {
    const cookies = await signIn();
    isStoreAway = true;
    expect((await site.inject({ url: '/exit', cookies })).headers.location).toBe('https://elsewhere.example/');
  });

  it('is not asked for by what belongs to every page', async () => {
    const cookies = await signIn();
    isStoreAway = true;
    for (const url of ['/assets/icon.svg', '/ping', '/health']) expect([url, (await site.inject({ url, cookies })).statusCode]).toEqual([url, 200]);
  });
});
