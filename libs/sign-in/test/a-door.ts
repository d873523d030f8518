import { afterAll, beforeEach } from '@jest/globals';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createSite, ServiceUnavailable, visitor } from '#libs/pages';
import { LetInNoMore, type Oidc } from '../src/oidc.js';
import type { PgSessionStore } from '../src/pg-session-store.js';
import { SignIn } from '../src/sign-in.js';

export const minute = 60_000;
/** A token for whoever asks what it says, which nobody verifies here. */
export const saying = (claims: object) => ['{"alg":"none"}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');
export const tokens = { access: saying({ auth_time: 1_780_000_000 }), refresh: 'a refresh token', id: 'an ID token' };
export const who = { id: 'staff-triage-1', roles: ['triage_officer'], authority: 'E06000062' };

@Module({})
class NoPages {}

/** What a provider, a session store and the services say to a site's door. */
class ADoor {
  now = Date.now();
  notes: object[] = [];
  finish!: Oidc['finish'];
  whoIs!: () => Promise<typeof who & { sessionsEndedAt?: string }>;
  isRefusing = false;
  refreshed = 0;
  access = tokens.access;
  isAllOpen = false;
  letGo = 0;
  /** Whether a session store gives nothing just now. */
  isStoreAway = false;

  /** Before each test; the time goes on. */
  begin(): void {
    this.notes = [];
    this.isStoreAway = false;
    this.isRefusing = false;
    [this.refreshed, this.access] = [0, tokens.access];
    this.whoIs = async () => who;
    this.finish = async () => ({ name: 'Somebody invented', tokens: { ...tokens, gotAt: this.now, endAt: this.now + 5 * minute } });
  }

  readonly oidc = {
    begin: async (to: string) => ({ url: 'https://provider.example/', begun: { state: 's', nonce: 'n', verifier: 'v', to } }),
    finish: (query: string, begun: never) => this.finish(query, begun),
    refresh: async () => {
      if (this.isRefusing) throw new LetInNoMore('disabled');
      this.refreshed += 1;
      return { ...tokens, access: this.access, gotAt: this.now, endAt: this.now + 5 * minute };
    },
    signOutUrl: async () => 'https://provider.example/end',
  } as unknown as Oidc;

  /** A session store that forgets with the process. */
  store(): PgSessionStore {
    const kept = new Map<string, string>();
    type Done = (error: Error | null, session?: unknown) => void;
    const store = {
      get: (id: string, done: Done) => (this.isStoreAway ? done(new ServiceUnavailable('sessions')) : done(null, JSON.parse(kept.get(id) ?? 'null'))),
      set: (id: string, session: object, done: Done) => (kept.set(id, JSON.stringify(session)), done(null)),
      destroy: (id: string, done: Done) => (this.isStoreAway ? done(new ServiceUnavailable('sessions')) : (kept.delete(id), done(null))),
      close: async () => {},
    };
    return store as unknown as PgSessionStore;
  }
}

const render = (_template: string, model: object): string => JSON.stringify(model);

async function siteWith(door: ADoor): Promise<NestFastifyApplication> {
  const parts = { name: 'a-site', cookiePrefix: 'a-site', cookieSecret: 'a secret for tests, and long enough', secureCookies: false, logLevel: 'silent' };
  const log = { info: (line: object) => void door.notes.push(line), warn: (line: object) => void door.notes.push(line) };
  const signIn = new SignIn({ site: parts, oidc: door.oidc, store: door.store(), whoIs: () => door.whoIs(), render, now: () => door.now, isOpen: (path) => door.isAllOpen || path === '/open', isUnattended: (path) => path === '/now', isWayOut: (path) => path === '/exit', signedOut: () => void (door.letGo += 1), log });
  const site = await createSite({ ...parts, pagesAMinute: 1_000, home: 'here', module: { module: NoPages }, render, before: async (app) => {
      await signIn.standBefore(app);
      app.getHttpAdapter().getInstance().get('/form', (_request, reply) => reply.generateCsrf());
      app.getHttpAdapter().getInstance().get('/me', () => visitor()?.roles ?? []);
      app.getHttpAdapter().getInstance().get('/now', () => 'as it was');
      app.getHttpAdapter().getInstance().get('/exit', (_request, reply) => reply.redirect('https://elsewhere.example/', 303));
    } });
  await site.init();
  await site.getHttpAdapter().getInstance().ready();
  return site;
}

export const cookiesOf = (reply: { cookies: { name: string; value: string }[] }) => Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]));

/** A site with a door for all tests of a file. */
export async function aDoor() {
  const door = new ADoor();
  const site = await siteWith(door);
  afterAll(() => site.close());
  beforeEach(() => door.begin());
  /** Comes back from the provider, and gives the cookies that somebody then has. */
  const signIn = async (): Promise<Record<string, string>> => {
    const begun = await site.inject({ url: '/sign-in' });
    return cookiesOf(await site.inject({ url: '/signed-in?code=c&state=s', cookies: cookiesOf(begun) }));
  };
  return { door, site, signIn };
}
