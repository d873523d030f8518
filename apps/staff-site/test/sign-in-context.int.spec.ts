import 'reflect-metadata';
import { decodeJwt } from 'jose';
import { TokenVerifier } from '#libs/identity';
import type { Browser } from '#libs/testing';
import { ADoor, siteUrl } from './a-door.js';

const context = 'c2';
const minute = 60_000;

/** What services answer that ask for the context: who somebody is, or that their token does not say enough. */
function asking(issuer: string, flavour: 'standard' | 'entra', answers: typeof fetch): typeof fetch {
  const verifier = TokenVerifier.at(issuer, { audience: 'api://caseward', type: flavour === 'entra' ? 'JWT' : 'at+jwt', context });
  return async (input, init) => {
    try {
      await verifier.verify(new Headers(init?.headers).get('authorization') ?? undefined);
      return await answers(input, init);
    } catch (error) {
      return Response.json({ code: (error as { code?: string }).code }, { status: 401 });
    }
  };
}

describe.each(['standard', 'entra'] as const)('ASVS 5.0 V6.3.3, V6.8.4: where a council asks for a second factor, of a provider that is %s', (flavour) => {
  let door: ADoor;
  beforeAll(async () => {
    door = await ADoor.start({ flavour, told: { SIGN_IN_CONTEXT: context } });
  }, 60_000);
  afterAll(() => door.close());
  beforeEach(() => {
    door.reset();
    const usual = door.services.getMockImplementation()!;
    door.services.mockImplementation(asking(door.provider.issuer, flavour, usual));
  });

  const lastToken = () => decodeJwt(new Headers(door.services.mock.calls.at(-1)![1]?.headers).get('authorization')!.replace('Bearer ', ''));

  /** Signs in by an address that somebody changed on the way to the provider. */
  async function signInBy(change: (asked: URLSearchParams) => void, browser: Browser = door.browserAt()) {
    const asked = new URL((await browser.open(door.at('/sign-in'), { stay: true })).url);
    change(asked.searchParams);
    const choosing = await browser.open(asked.href);
    let seen = await browser.open(choosing.url, { form: { other: 'staff-triage-1' }, stay: true });
    while (!seen.url.startsWith(siteUrl)) seen = await browser.open(seen.url, { stay: true });
    return browser.open(seen.url);
  }

  it('whoever meets it is in, and still is once their tokens were refreshed', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    expect(await door.isSignedIn(browser)).toBe(true);
    const first = lastToken();
    door.now += 5 * minute;
    expect(await door.isSignedIn(browser)).toBe(true);
    const second = lastToken();
    expect([first['acrs'], second['acrs'], second['jti'] === first['jti']]).toEqual([[context], [context], false]);
  });

  it('whoever takes it out of what the provider is asked is not let in, and told why in plain words', async () => {
    const browser = door.browserAt();
    const { status, text } = await signInBy((asked) => ['acr_values', 'claims'].forEach((name) => asked.delete(name)), browser);
    expect([status, text.includes('You are not signed in'), text.includes('prove who they are in a second way')]).toEqual([403, true, true]);
    expect([await door.isSignedIn(browser), door.services.mock.calls.length]).toEqual([false, 0]);
    await door.signIn(browser);
    expect(await door.isSignedIn(browser)).toBe(true);
  });

  it('whoever met another is not let in', async () => {
    const { status } = await signInBy((asked) => (flavour === 'entra' ? asked.set('claims', JSON.stringify({ access_token: { acrs: { essential: true, value: 'c3' } } })) : asked.set('acr_values', 'c3')));
    expect(status).toBe(403);
  });

  it('whoever shows again that it is them has met both', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    const choosing = await browser.open(door.at('/sign-in?again=yes&to=/queues/triage'));
    await browser.open(choosing.url, { form: { other: 'staff-triage-1' } });
    expect(await door.isSignedIn(browser)).toBe(true);
    expect(lastToken()['acrs']).toEqual(['c1', context]);
  });
});
