import session from '@fastify/session';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, cookieOptions, lapsedPage, NotAllowed, NotBegun, type Render, ServiceUnavailable, SignedOut, type Site, visiting } from '#libs/pages';
import { ProviderAway, saysWhenProved } from '#libs/identity';
import { LetInNoMore, NotAnswered, NotProven, type Oidc } from './oidc.js';
import type { PgSessionStore } from './pg-session-store.js';
import { sessionsPage } from './sessions-page.js';
import { isOver, isStale, isUnnoticed, type Person, Unread } from './session.js';

/** Who somebody is to the services. `sessionsEndedAt`: whoever signed in as them before is so no more. */
type Known = Pick<Person, 'id' | 'roles' | 'authority'> & { sessionsEndedAt?: string | undefined };

/** Asked with their own token: at the beginning, and with every new token. */
export type WhoIs = (accessToken: string) => Promise<Known>;

export interface SignInParts {
  site: Pick<Site, 'cookiePrefix' | 'cookieSecret' | 'secureCookies'>;
  oidc: Oidc;
  store: PgSessionStore;
  whoIs: WhoIs;
  render: Render;
  now: () => number;
  /** Pages for whoever it may be. */
  isOpen: (path: string) => boolean;
  /** Where somebody gets away by: it opens whatever cannot be said of them just now. */
  isWayOut?: (path: string) => boolean;
  /** What a page asks for by itself, without anybody doing anything: it keeps no session from ending. */
  isUnattended?: (path: string) => boolean;
  /** What a site lets go of besides when somebody signs out. */
  signedOut?: (reply: FastifyReply) => void;
  /** Where each session's beginning and end is noted, and each refusal: with ids, and nothing that opens anything. */
  log: { info(line: Note): void; warn(line: Note): void };
}

interface Note {
  kind: 'signed in' | 'not signed in' | 'signed out' | 'session over' | 'other sessions ended';
  who?: string | undefined;
  why?: string;
}

/** Where signing in anew in another tab ends. */
const againPath = '/signed-in-again';
const ownPaths = new Set(['/sign-in', '/signed-in', '/signed-out', '/sign-out']);
/** Where somebody sees where else they are signed in, and ends that. */
const sessionsPath = '/sessions';
const publicPaths = /^\/(assets\/|ping$|health$)/;

/** Signing in and out, and everything that ends a session, for one site. */
export class SignIn {
  private readonly refreshing = new Map<string, Promise<Person | undefined>>();
  /** Forms of which nobody can say whom they are from, and why. */
  private readonly unjudged = new WeakMap<FastifyRequest, Error>();

  constructor(private readonly parts: SignInParts) {}

  /** Stands before every page of the site: whoever is not signed in sees the open ones alone. */
  async standBefore(app: NestFastifyApplication): Promise<void> {
    const { site, store } = this.parts;
    await app.register(session as never, { store: readLater(store), secret: site.cookieSecret, cookieName: cookieName(site, 'session'), cookie: sessionCookie(site), saveUninitialized: false, rolling: false } as never);
    const fastify = app.getHttpAdapter().getInstance();
    fastify.addHook('onRequest', (request, reply) => this.judge(request, reply).catch((error: unknown) => this.judgedLater(request, error)));
    fastify.addHook('preHandler', (request, reply, done) => {
      const unjudged = this.unjudged.get(request);
      if (unjudged) return done(new NotBegun('nobody can say whom this is from', { cause: unjudged }));
      const { person } = request.session ?? {};
      const visitor = person && { ...person, proof: { authorization: `Bearer ${person.tokens.access}` } };
      if (!visitor && request.method === 'POST' && !ownPaths.has(pathOf(request)) && !this.isOpen(pathOf(request))) return void this.lapsed(request, reply);
      visiting({ visitor, formToken: () => reply.generateCsrf() }, done);
    });
    fastify.get('/sign-in', (request, reply) => this.begin(request, reply));
    fastify.get('/signed-in', (request, reply) => this.finish(request, reply));
    fastify.post('/sign-out', (request, reply) => this.end(request, reply));
    fastify.get(sessionsPath, (request, reply) => this.sessions(request, reply));
    fastify.post(sessionsPath, (request, reply) => this.endOthers(request, reply));
    fastify.get('/signed-out', (_request, reply) => this.page(reply, 200, { title: 'You are signed out', lines: ['Close this window if others use this computer.'] }));
    // Where somebody signed in anew in another tab, what they typed waits in the first.
    fastify.get(againPath, (request, reply) => (request.session.person ? this.page(reply, 200, { title: 'You are signed in again', lines: ['Go back to the other tab: what you typed waits there to be sent. This one can be closed.'], signInHref: undefined }) : reply.redirect('/sign-in', 303)));
    fastify.addHook('onClose', () => store.close());
  }

  /** Somebody's sessions are theirs at every site. */
  private isOpen(path: string): boolean {
    return path !== sessionsPath && this.parts.isOpen(path);
  }

  private async judge(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const path = pathOf(request);
    if (isSignedBefore(request, this.parts.site)) await keep(request);
    // Whoever signs out does so also where their session is over: they may still be signed in at the provider.
    if (publicPaths.test(path) || path === '/sign-out' || this.parts.isWayOut?.(path)) return undefined;
    if (request.session.unread) throw letGo(request, request.session.unread);
    const person = request.session.person && (await this.stillIn(request, request.session.person));
    if (!person && request.session.person) await request.session.regenerate();
    if (person || ownPaths.has(path) || this.isOpen(path)) return undefined;
    // What was typed is read first, so that it can be given back.
    if (request.method === 'POST') return undefined;
    return reply.redirect(`/sign-in?${new URLSearchParams({ to: request.url })}`, 303);
  }

  /** What was typed in a form is read before anybody is told that it cannot be taken, so that it can be given back. */
  private judgedLater(request: FastifyRequest, error: unknown): undefined {
    if (request.method !== 'POST' || !(error instanceof ServiceUnavailable || error instanceof ProviderAway)) throw error;
    this.unjudged.set(request, error);
    return undefined;
  }

  /** A form that came when nobody was signed in any more: shown again, to be sent once somebody is. */
  private lapsed(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return reply.status(401).type('text/html; charset=utf-8').send(this.parts.render('lapsed.njk', lapsedPage(request, reply)));
  }

  /** The person as they stand now; undefined where their session is over or the provider lets them in no more. */
  private async stillIn(request: FastifyRequest, person: Person): Promise<Person | undefined> {
    const now = this.parts.now();
    if (isOver(person, now)) return this.over(person, 'unused or old');
    if (isUnnoticed(person, now) && !this.parts.isUnattended?.(pathOf(request))) person = { ...person, seenAt: now };
    if (person.isUnjudged || isStale(person, now)) {
      const fresh = await this.freshen(request.session.sessionId, person);
      if (!fresh) return this.over(person, 'let in no more');
      person = fresh;
    }
    if (person !== request.session.person) {
      request.session.person = person;
      await keep(request);
    }
    // By when it was made such a token would pass everywhere, also where their sessions were ended before.
    if (person.isUnjudged && !saysWhenProved(person.tokens.access)) throw new ServiceUnavailable('who somebody is');
    return person;
  }

  private over({ id }: Person, why: string): undefined {
    this.parts.log.info({ kind: 'session over', who: id, why });
  }

  /** Several pages at once ask the provider once. */
  private freshen(sessionId: string, person: Person): Promise<Person | undefined> {
    const asking = this.refreshing.get(sessionId) ?? this.refreshed(person).finally(() => this.refreshing.delete(sessionId));
    this.refreshing.set(sessionId, asking);
    return asking;
  }

  private async refreshed(person: Person): Promise<Person | undefined> {
    try {
      const tokens = isStale(person, this.parts.now()) ? await this.parts.oidc.refresh(person.tokens) : person.tokens;
      const now = await this.known(tokens.access);
      if (!now) return person.isUnjudged && tokens === person.tokens ? person : { ...person, tokens, isUnjudged: true };
      const { sessionsEndedAt, ...known } = now;
      // Their provider may have made the new tokens after that.
      if (sessionsEndedAt !== undefined && person.signedInAt <= Date.parse(sessionsEndedAt)) return undefined;
      return { ...person, ...known, tokens, isUnjudged: false };
    } catch (error) {
      if (error instanceof LetInNoMore || error instanceof NotAllowed || error instanceof SignedOut) return undefined;
      // While the provider is away, whoever it let in a moment ago works on until their token ends.
      if (error instanceof ProviderAway && this.parts.now() < person.tokens.endAt) return person;
      throw error;
    }
  }

  /** Who somebody is now: roles come and go. Undefined where nobody can say just now; what they may do the services judge in any case. */
  private async known(accessToken: string): Promise<Known | undefined> {
    try {
      return await this.parts.whoIs(accessToken);
    } catch (error) {
      if (error instanceof ServiceUnavailable) return undefined;
      throw error;
    }
  }

  private async begin(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { to, again } = request.query as { to?: unknown; again?: unknown };
    const { url, begun } = await this.parts.oidc.begin(ownAddress(to), again === 'yes');
    request.session.begun = begun;
    await keep(request);
    return reply.redirect(url, 303);
  }

  private async finish(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { begun } = request.session;
    if (!begun) return this.notSignedIn(reply, 'nothing was begun');
    delete request.session.begun;
    try {
      const { name, tokens } = await this.parts.oidc.finish(request.url, begun);
      const { sessionsEndedAt: _before, ...who } = await this.parts.whoIs(tokens.access);
      // A new id, so that one which somebody planted in this browser is worth nothing.
      await request.session.regenerate();
      const now = this.parts.now();
      request.session.person = { ...who, name, tokens, signedInAt: now, seenAt: now };
      await keep(request);
      this.parts.log.info({ kind: 'signed in', who: who.id });
      return await reply.redirect(begun.to, 303);
    } catch (error) {
      if (error instanceof NotAnswered) return this.notSignedIn(reply, 'the answer was not taken');
      if (error instanceof NotProven) return this.notProven(reply);
      // To sign in once more would come to the same.
      if (error instanceof SignedOut) return this.notSignedIn(reply, 'no service takes the token');
      if (error instanceof NotAllowed) this.parts.log.warn({ kind: 'not signed in', why: 'nobody here' });
      throw error;
    }
  }

  private async end(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { site, oidc } = this.parts;
    const { person } = request.session;
    // Whatever else fails, this browser lets go.
    void reply.clearCookie(cookieName(site, 'session'), sessionCookie(site));
    this.parts.signedOut?.(reply);
    await ended(request);
    this.parts.log.info({ kind: 'signed out', who: person?.id });
    // Signed out here whatever the provider says.
    const there = person && (await oidc.signOutUrl(person.tokens).catch(() => undefined));
    return reply.redirect(there ?? '/signed-out', 303);
  }

  private async sessions(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { sessionId, person } = request.session;
    const others = await this.parts.store.others(sessionId, person!.id);
    const { ended } = request.query as { ended?: unknown };
    return reply.type('text/html; charset=utf-8').send(this.parts.render('sessions.njk', sessionsPage(person!, others, { isEnded: ended === 'yes', csrf: reply.generateCsrf() })));
  }

  private async endOthers(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { sessionId, person } = request.session;
    await this.parts.store.endOthers(sessionId, person!.id);
    this.parts.log.info({ kind: 'other sessions ended', who: person!.id });
    return reply.redirect(`${sessionsPath}?ended=yes`, 303);
  }

  private notSignedIn(reply: FastifyReply, why: string): FastifyReply {
    this.parts.log.warn({ kind: 'not signed in', why });
    return this.page(reply, 400, { title: 'You are not signed in', lines: ['Signing in was not finished, took too long, or was begun in another window.', 'Start again.'] });
  }

  /** What they are asked for is the council's to say, and their provider's to ask: neither can be told from here. */
  private notProven(reply: FastifyReply): FastifyReply {
    this.parts.log.warn({ kind: 'not signed in', why: 'not proven enough' });
    const lines = ['Whoever signs in here has to prove who they are in a second way too, for example with a code from an app. Your sign-in does not say that you did.', 'Sign in again. If you come back to this page, tell whoever looks after accounts where you work.'];
    return this.page(reply, 403, { title: 'You are not signed in', lines });
  }

  private page(reply: FastifyReply, status: number, page: { title: string; lines: string[]; signInHref?: undefined }): FastifyReply {
    return reply.status(status).type('text/html; charset=utf-8').send(this.parts.render('problem.njk', { signInHref: '/sign-in', ...page }));
  }
}

/** The provider sends people back from elsewhere. A browser lets go of a cookie only where it is ended as it was set. */
const sessionCookie = (site: SignInParts['site']) => ({ ...cookieOptions(site), sameSite: 'lax' as const, signed: false });

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0]!;

/** The same store, but that a session which cannot be read comes back as one that is not: a page answers for that itself, and not before it is known what was sent. */
const readLater = (store: PgSessionStore) => ({
  get: (id: string, done: Parameters<PgSessionStore['get']>[1]) => store.get(id, (error, found) => (error instanceof ServiceUnavailable ? done(null as never, { unread: new Unread(error) } as never) : done(error, found))),
  set: store.set,
  destroy: store.destroy,
});

/** Nothing of it is kept with the answer, so that whoever was signed in still is. */
function letGo(request: FastifyRequest, { why }: Unread): Error {
  Object.assign(request, { session: null });
  return why;
}

/** Whether the secret has changed since the browser was given its cookie: it is signed anew, since the browser would be told to let go of it otherwise. */
function isSignedBefore({ session, cookies }: FastifyRequest, site: SignInParts['site']): boolean {
  const isKept = !session.unread && Boolean(session.person ?? session.begun);
  return isKept && cookies[cookieName(site, 'session')] !== session.encryptedSessionId;
}

/** Ends the session. Where it cannot be, nobody has its id any more, and it ends by itself. */
async function ended(request: FastifyRequest): Promise<void> {
  try {
    await request.session.destroy();
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error;
    Object.assign(request, { session: null });
  }
}

/** Keeps what is in the session now. Where it cannot be, nothing tries again when the answer goes. */
async function keep(request: FastifyRequest): Promise<void> {
  try {
    await request.session.save();
  } catch (error) {
    Object.assign(request, { session: null });
    throw error;
  }
}

/** A path of this site and never another's: what it comes to is looked at too, since `/.//elsewhere` comes to `//elsewhere`. */
function ownAddress(to: unknown): string {
  if (typeof to !== 'string' || !isOwn.test(to)) return '/';
  const { pathname, search, origin } = new URL(to, 'http://here');
  const found = `${pathname}${search}`;
  return origin === 'http://here' && isOwn.test(found) && !ownPaths.has(pathname) ? found : '/';
}

const isOwn = /^\/(?![/\\])[\x21-\x7e]*$/;
