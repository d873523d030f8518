import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, cookieOptions, Pace, visitor } from '#libs/pages';
import { type Config, siteOf } from '../config.js';
import { CONFIG } from '../outside.js';
import { type Draft, isTheirs, takenOn } from './draft.js';
import { Drafts, type Kept } from './drafts.js';
import { type Held, readHeld, writeHeld } from './held.js';
import { codeOf, tagOf } from './secret.js';

const hourSeconds = 3_600;

/** A draft that is open in a browser, with the code by which it can be opened elsewhere, and the tag by which pages say that they are about it. */
export type Open = Kept & { code: string; tag: string };

/** Somebody who is not signed in here now wrote what is open. */
export type Locked = 'locked';

/** The draft that is open in the browser that asks. */
@Injectable()
export class DraftHere {
  private readonly pace: Pace;

  constructor(
    private readonly drafts: Drafts,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.pace = new Pace(config.DRAFTS_AN_HOUR, hourSeconds);
  }

  async look(request: FastifyRequest): Promise<Open | Locked | undefined> {
    const held = this.heldBy(request);
    const draft = held && (await this.drafts.find(held));
    if (!draft) return undefined;
    if (isTheirs(draft)) return openOf(held, draft);
    return draft.sent ? undefined : 'locked';
  }

  /** Only what whoever asks may see. */
  async find(request: FastifyRequest): Promise<Open | undefined> {
    const found = await this.look(request);
    return found === 'locked' ? undefined : found;
  }

  /** In the place of whatever is open. Throws `TooFast` where more are begun from there in an hour than people do. */
  async begin({ request, reply }: { request: FastifyRequest; reply: FastifyReply }, draft: Draft): Promise<Open> {
    await this.pace.count(visitor()?.id ?? request.ip);
    const begun = await this.drafts.begin(draft);
    this.hold(reply, begun);
    return openOf(begun, begun.draft);
  }

  async change(request: FastifyRequest, reply: FastifyReply, how: (draft: Draft) => Draft | undefined): Promise<Open | undefined> {
    const held = this.heldBy(request);
    const draft = held && (await this.drafts.change(held, (was) => changed(was, how)));
    if (!draft) return undefined;
    this.hold(reply, { secret: held.secret });
    return openOf(held, draft);
  }

  /** Has its return code open it for as long as drafts are kept. Undefined where there is none to be sent. */
  save(request: FastifyRequest, reply: FastifyReply): Promise<Open | undefined> {
    return this.change(request, reply, (draft) => (draft.sent ? undefined : { ...draft, isSaved: true }));
  }

  /** Opens in this browser what a return code leads to, in the place of whatever is open; false where it leads to nothing. */
  async reopen(reply: FastifyReply, code: string): Promise<boolean> {
    const held = await this.drafts.promise(code);
    if (held) this.hold(reply, held);
    return held !== undefined;
  }

  /** Deletes it, where whoever asks may see it. */
  async forget(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const held = this.heldBy(request);
    if (held && (await this.find(request))) await this.drafts.forget(held.secret);
    this.close(reply);
  }

  /** This browser has it open no more; whoever has its code can open it elsewhere. */
  close(reply: FastifyReply): void {
    closeDraft(this.config, reply);
  }

  private heldBy({ cookies }: FastifyRequest): Held | undefined {
    return readHeld(cookies[cookieOf(this.config)]);
  }

  private hold(reply: FastifyReply, held: Held): void {
    void reply.setCookie(cookieOf(this.config), writeHeld(held), keptBy(this.config));
  }
}

/** Has a browser have no draft open any more. */
export function closeDraft(config: Config, reply: FastifyReply): void {
  void reply.clearCookie(cookieOf(config), keptBy(config));
}

/**
 * Forgotten when the browser is closed. Not signed: a secret that is none opens nothing, and a new secret of the site's
 * closes no draft. Sent also where somebody comes back from the provider, at whose site a strict one would stay behind.
 */
const keptBy = (config: Config) => ({ ...cookieOptions(siteOf(config)), sameSite: 'lax' as const, signed: false });

const cookieOf = (config: Config): string => cookieName(siteOf(config), 'draft');

const openOf = ({ secret }: Held, draft: Kept): Open => ({ ...draft, code: codeOf(secret), tag: tagOf(secret) });

function changed(was: Draft, how: (draft: Draft) => Draft | undefined): Draft | undefined {
  const draft = isTheirs(was) ? how(was) : undefined;
  return draft && takenOn(draft);
}
