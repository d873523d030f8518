import { NotAllowed, ServiceUnavailable } from '#libs/pages';
import { aDoor, cookiesOf, minute, saying, who } from '../test/a-door.js';

const { door, site, signIn } = await aDoor();

describe('ASVS 5.0 V7.3.1: a session that nobody uses', () => {
  const isIn = async (cookies: Record<string, string>, url: string): Promise<boolean> => (await site.inject({ url, cookies })).statusCode === 200;

  it('is not kept open by what a page asks by itself', async () => {
    const cookies = await signIn();
    for (let waited = 0; waited < 30; waited += 10) {
      expect(await isIn(cookies, '/now')).toBe(true);
      door.now += 10 * minute;
    }
    expect(await isIn(cookies, '/now')).toBe(false);
  });

  it('is kept open by what somebody opens', async () => {
    const cookies = await signIn();
    for (let waited = 0; waited < 60; waited += 20) {
      expect(await isIn(cookies, '/me')).toBe(true);
      door.now += 20 * minute;
    }
  });
});

describe('ASVS 5.0 V7.4.2: whoever is signed in', () => {
  const rolesOf = async (cookies: Record<string, string>): Promise<unknown> => (await site.inject({ url: '/me', cookies })).json();

  it('is within five minutes what the directory says of them', async () => {
    const cookies = await signIn();
    expect(await rolesOf(cookies)).toEqual(['triage_officer']);
    door.whoIs = async () => ({ ...who, roles: ['manager'] });
    door.now += 5 * minute;
    expect(await rolesOf(cookies)).toEqual(['manager']);
  });

  it('is out within five minutes where the directory has disabled them', async () => {
    const cookies = await signIn();
    door.whoIs = () => Promise.reject(new NotAllowed('You are nobody here.'));
    door.now += 5 * minute;
    expect((await site.inject({ url: '/me', cookies })).headers.location).toBe('/sign-in?to=%2Fme');
    door.whoIs = async () => who;
    expect((await site.inject({ url: '/me', cookies })).statusCode).toBe(303);
    expect(door.notes.at(-1)).toEqual({ kind: 'session over', who: 'staff-triage-1', why: 'let in no more' });
  });

  it('ASVS 5.0 V7.4.5: is out where an administrator ended their sessions, and in again once they have signed in since', async () => {
    const cookies = await signIn();
    const sessionsEndedAt = new Date(door.now + minute).toISOString();
    door.whoIs = async () => ({ ...who, sessionsEndedAt });
    door.now += 5 * minute;
    expect((await site.inject({ url: '/me', cookies })).headers.location).toBe('/sign-in?to=%2Fme');
    const again = await signIn();
    door.now += 5 * minute;
    expect(await rolesOf(again)).toEqual(['triage_officer']);
  });

  const isAway = () => Promise.reject(new ServiceUnavailable('people'));

  it('works on while the service is away that would say, which is asked again with the next page', async () => {
    const cookies = await signIn();
    door.whoIs = isAway;
    door.now += 5 * minute;
    for (const _ of ['once', 'again']) expect(await rolesOf(cookies)).toEqual(['triage_officer']);
    door.whoIs = async () => ({ ...who, roles: ['manager'] });
    expect([await rolesOf(cookies), door.refreshed]).toEqual([['manager'], 1]);
    door.whoIs = () => Promise.reject(new Error('asked without need'));
    expect(await rolesOf(cookies)).toEqual(['manager']);
  });

  it('ASVS 5.0 V7.4.5: is out with the first page for which it can be said that their sessions were ended', async () => {
    const cookies = await signIn();
    door.whoIs = isAway;
    door.now += 5 * minute;
    expect(await rolesOf(cookies)).toEqual(['triage_officer']);
    door.whoIs = async () => ({ ...who, sessionsEndedAt: new Date(door.now - minute).toISOString() });
    expect((await site.inject({ url: '/me', cookies })).headers.location).toBe('/sign-in?to=%2Fme');
  });

  it.each([['which says nothing of when they proved who they are', saying({ iat: 1_780_000_300 })], ['which a site cannot read', 'an access token']])('waits for that where the provider gives a token %s, and loses nothing', async (_what, given) => {
    const cookies = await signIn();
    door.access = given;
    door.whoIs = isAway;
    door.now += 5 * minute;
    for (const _ of ['once', 'again']) expect((await site.inject({ url: '/me', cookies })).statusCode).toBe(503);
    const form = await site.inject({ method: 'POST', url: '/concerns/decide', payload: { outcome: 'no_further_action' }, cookies });
    expect([form.statusCode, form.payload.includes('no_further_action')]).toEqual([503, true]);
    door.whoIs = async () => who;
    expect([await rolesOf(cookies), door.refreshed]).toEqual([['triage_officer'], 1]);
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
    door.isStoreAway = true;
    const { statusCode, headers, payload } = await send(cookies);
    expect([statusCode, headers['retry-after']]).toEqual([503, '10']);
    expect(JSON.parse(payload)).toMatchObject({ form: { action: '/concerns/decide', isWhole: true, hasCode: true, fields: [{ name: 'outcome', value: 'no_further_action' }] } });
    expect(payload).not.toMatch(/an old one|123456/);
  });

  it('ends none', async () => {
    const cookies = await signIn();
    door.isStoreAway = true;
    const there = [await send(cookies), await site.inject({ url: '/me', cookies })];
    expect(there.map(({ statusCode, cookies: set }) => [statusCode, set.filter(({ name }) => name.includes('session'))])).toEqual([[503, []], [503, []]]);
    door.isStoreAway = false;
    expect((await site.inject({ url: '/me', cookies })).json()).toEqual(['triage_officer']);
  });

  it('keeps nobody from signing out: the browser lets go of it, and of what else the site keeps there', async () => {
    const cookies = await signIn();
    const form = await site.inject({ url: '/form', cookies });
    [door.isStoreAway, door.letGo] = [true, 0];
    const ended = await site.inject({ method: 'POST', url: '/sign-out', payload: { _csrf: form.payload }, cookies: { ...cookies, ...cookiesOf(form) } });
    expect([ended.statusCode, ended.headers.location, door.letGo]).toEqual([303, '/signed-out', 1]);
    expect(ended.cookies.filter(({ name }) => name.includes('session'))).toMatchObject([{ value: '' }]);
  });

  it('keeps nobody from getting away', async () => {
    const cookies = await signIn();
    door.isStoreAway = true;
    expect((await site.inject({ url: '/exit', cookies })).headers.location).toBe('https://elsewhere.example/');
  });

  it('is not asked for by what belongs to every page', async () => {
    const cookies = await signIn();
    door.isStoreAway = true;
    for (const url of ['/assets/icon.svg', '/ping', '/health']) expect([url, (await site.inject({ url, cookies })).statusCode]).toEqual([url, 200]);
  });
});
