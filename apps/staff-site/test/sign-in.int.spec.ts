import 'reflect-metadata';
import { decodeJwt } from 'jose';
import type { Browser } from '#libs/testing';
import { ADoor, siteUrl } from './a-door.js';

let door: ADoor;
beforeAll(async () => {
  door = await ADoor.start();
}, 60_000);
afterAll(() => door.close());
beforeEach(() => door.reset());

describe('signing in', () => {
  it('is asked of everybody, for every page, and leads to the page they wanted', async () => {
    for (const path of ['/', '/board', '/imports/quarantine', '/messages', '/nowhere']) {
      expect((await door.browserAt().open(door.at(path), { stay: true })).url).toBe(door.at(`/sign-in?${new URLSearchParams({ to: path })}`));
    }
    const browser = door.browserAt();
    const page = await door.signIn(browser, '/queues/triage?late=yes');
    expect([page.status, page.url]).toEqual([200, door.at('/queues/triage?late=yes')]);
    expect(page.text).toMatch(/Signed in as <[^>]+>West triage officer 1 \(invented\)/);
  });

  it('leaves what is for anybody open', async () => {
    for (const path of ['/ping', '/health', '/assets/icon.svg']) expect((await door.browserAt().open(door.at(path), { stay: true })).status).toBe(200);
  });

  it('has services asked with the token of whoever signed in', async () => {
    await door.signIn();
    const proofs = door.services.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization')!.replace('Bearer ', ''));
    expect(proofs.length).toBeGreaterThan(1);
    for (const proof of proofs) expect(decodeJwt(proof)).toMatchObject({ aud: 'api://caseward', roles: ['triage_officer'] });
  });

  it('leads nowhere but to this site', async () => {
    for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', '/sign-out', 'javascript:alert(1)', '/.//evil.example', '/a/..//evil.example']) {
      const browser = door.browserAt();
      const choosing = await browser.open(door.at(`/sign-in?${new URLSearchParams({ to })}`));
      expect((await browser.open(choosing.url, { form: { other: 'staff-triage-1' } })).url).toBe(door.at('/'));
    }
  });
});

describe('ASVS 5.0 V10.5, V10.2: the provider’s answer', () => {
  /** Up to the site's door; what the provider is asked may be changed on the way. */
  async function answered(change: (asked: URLSearchParams) => void = () => {}): Promise<{ browser: Browser; back: URL }> {
    const browser = door.browserAt();
    const asked = new URL((await browser.open(door.at('/sign-in'), { stay: true })).url);
    change(asked.searchParams);
    const choosing = await browser.open(asked.href);
    let seen = await browser.open(choosing.url, { form: { other: 'staff-triage-1' }, stay: true });
    while (!seen.url.startsWith(siteUrl)) seen = await browser.open(seen.url, { stay: true });
    return { browser, back: new URL(seen.url) };
  }
  const refused = async (browser: Browser, url: string): Promise<void> => {
    const { status, text } = await browser.open(url);
    expect([status, text.includes('You are not signed in')]).toEqual([400, true]);
    expect(await door.isSignedIn(browser)).toBe(false);
  };

  it('is taken with the state that was given', async () => {
    const { browser, back } = await answered();
    expect((await browser.open(back.href)).status).toBe(200);
    expect(await door.isSignedIn(browser)).toBe(true);
  });

  it.each(['state', 'code', 'iss'])('ASVS 5.0 V10.1.2, V10.2.1, V10.2.2, check 28: is refused with another %s', async (what) => {
    const { browser, back } = await answered();
    back.searchParams.set(what, what === 'iss' ? 'http://evil.example' : 'x'.repeat(43));
    await refused(browser, back.href);
  });

  it('ASVS 5.0 V10.5.1, check 28: is refused with another nonce, and with the code of another challenge', async () => {
    const nonce = await answered((asked) => asked.set('nonce', 'another'));
    await refused(nonce.browser, nonce.back.href);
    const challenge = await answered((asked) => asked.set('code_challenge', 'x'.repeat(43)));
    await refused(challenge.browser, challenge.back.href);
  });

  it('is refused in another browser, which has asked for nothing, or for something else', async () => {
    const { back } = await answered();
    await refused(door.browserAt(), back.href);
    const other = await answered();
    await refused(other.browser, back.href);
  });

  it('ASVS 5.0 V10.5.1, check 28: is refused the second time', async () => {
    const { browser, back } = await answered();
    await browser.open(back.href);
    await door.signOut(browser);
    await refused(browser, back.href);
  });
});
