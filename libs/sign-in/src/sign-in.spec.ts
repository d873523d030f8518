import { NotAllowed, SignedOut } from '#libs/pages';
import { aDoor, cookiesOf, minute, tokens } from '../test/a-door.js';
import { NotAnswered, NotProven } from './oidc.js';

const { door, site, signIn } = await aDoor();

describe('ASVS 5.0 V16.3.1: what is noted of signing in', () => {
  it('is who began a session and who ended it', async () => {
    const cookies = await signIn();
    const form = await site.inject({ url: '/form', cookies });
    const ended = await site.inject({ method: 'POST', url: '/sign-out', payload: { _csrf: form.payload }, cookies: { ...cookies, ...cookiesOf(form) } });
    expect(ended.headers.location).toBe('https://provider.example/end');
    expect(door.notes).toEqual(['signed in', 'signed out'].map((kind) => ({ kind, who: 'staff-triage-1' })));
  });

  it('is that somebody did not get in, and why', async () => {
    await site.inject({ url: '/signed-in?code=c&state=s' });
    door.finish = () => Promise.reject(new NotAnswered('another state'));
    await signIn();
    door.finish = async () => ({ name: '', tokens: { ...tokens, gotAt: door.now, endAt: door.now + minute } });
    door.whoIs = () => Promise.reject(new NotAllowed('You are nobody here.'));
    await signIn();
    door.finish = () => Promise.reject(new NotProven('one password'));
    await signIn();
    expect(door.notes).toEqual(['nothing was begun', 'the answer was not taken', 'nobody here', 'not proven enough'].map((why) => ({ kind: 'not signed in', why })));
  });

  it('is that a session was over, by itself or by the provider’s word', async () => {
    const cookies = await signIn();
    door.now += 31 * minute;
    await site.inject({ url: '/', cookies });
    const others = await signIn();
    door.isRefusing = true;
    door.now += 5 * minute;
    await site.inject({ url: '/', cookies: others });
    expect(door.notes.filter((note) => 'why' in note)).toEqual(['unused or old', 'let in no more'].map((why) => ({ kind: 'session over', who: 'staff-triage-1', why })));
  });

  it('is never a token, a name or where somebody wanted to go', async () => {
    await signIn();
    expect(JSON.stringify(door.notes)).not.toMatch(/token|invented|code|\//);
  });
});

describe('ASVS 5.0 V6.3.3: whoever did not sign in as it is asked for', () => {
  const comeBack = async () => site.inject({ url: '/signed-in?code=c&state=s', cookies: cookiesOf(await site.inject({ url: '/sign-in' })) });

  it('is not let in, and told what to do about it', async () => {
    door.finish = () => Promise.reject(new NotProven('one password'));
    const page = await comeBack();
    expect([page.statusCode, page.json().title, page.json().lines[0]]).toEqual([403, 'You are not signed in', expect.stringContaining('prove who they are in a second way')]);
    expect((await site.inject({ url: '/me', cookies: cookiesOf(page) })).statusCode).toBe(303);
  });

  it('is told that they are not signed in, and sent round in no circle, where a service alone asks for it', async () => {
    door.whoIs = () => Promise.reject(new SignedOut('people asks who that is'));
    const page = await comeBack();
    expect([page.statusCode, page.json().title, door.notes.at(-1)]).toEqual([400, 'You are not signed in', { kind: 'not signed in', why: 'no service takes the token' }]);
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
    door.isAllOpen = true;
    const seen = await site.inject({ url: '/sessions' });
    const ended = await site.inject({ method: 'POST', url: '/sessions', payload: {} });
    door.isAllOpen = false;
    expect([seen.statusCode, seen.headers.location, ended.statusCode]).toEqual([303, '/sign-in?to=%2Fsessions', 401]);
  });
});

describe('signing out', () => {
  it('has the site let go of what else it keeps in the browser, with a form of its own alone', async () => {
    const cookies = await signIn();
    door.letGo = 0;
    expect((await site.inject({ method: 'POST', url: '/sign-out', payload: {}, cookies })).statusCode).toBe(403);
    expect(door.letGo).toBe(0);
    const form = await site.inject({ url: '/form', cookies });
    await site.inject({ method: 'POST', url: '/sign-out', payload: { _csrf: form.payload }, cookies: { ...cookies, ...cookiesOf(form) } });
    expect(door.letGo).toBe(1);
  });
});
