import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, cookieOptions } from '#libs/pages';
import { type Config, siteOf } from '../config.js';
import { CONFIG } from '../outside.js';
import { type Draft, isTheirs, senderNow } from './draft.js';
import { Drafts, type Kept } from './drafts.js';
import { codeOf, readSecret } from './secret.js';

/** The draft that is open in the browser that asks. */
@Injectable()
export class DraftHere {
  constructor(
    private readonly drafts: Drafts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** With the code by which it can be opened elsewhere. */
  async find(request: FastifyRequest): Promise<(Kept & { code: string }) | undefined> {
    const secret = this.secretOf(request);
    const draft = secret && (await this.drafts.find(secret));
    return draft && isTheirs(draft) ? { ...draft, code: codeOf(secret) } : undefined;
  }

  async begin(reply: FastifyReply, draft: Draft): Promise<Draft> {
    this.hold(reply, await this.drafts.begin(draft));
    return draft;
  }

  async change(request: FastifyRequest, reply: FastifyReply, how: (draft: Draft) => Draft | undefined): Promise<Draft | undefined> {
    const secret = this.secretOf(request);
    const draft = secret && (await this.drafts.change(secret, (was) => (isTheirs(was) ? how(was) : undefined)));
    if (!draft) return undefined;
    this.hold(reply, secret);
    return draft;
  }

  /** Whoever has the code goes on in their own name. */
  async reopen(reply: FastifyReply, code: string): Promise<Draft | undefined> {
    const opened = await this.drafts.reopen(code, (draft) => ({ ...draft, sender: senderNow() }));
    if (opened) this.hold(reply, opened.secret);
    return opened?.draft;
  }

  /** Deletes it. */
  async forget(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const secret = this.secretOf(request);
    if (secret) await this.drafts.forget(secret);
    this.close(reply);
  }

  /** This browser has it open no more; whoever has its code can open it elsewhere. */
  close(reply: FastifyReply): void {
    void reply.clearCookie(this.cookie, cookieOptions(siteOf(this.config)));
  }

  private secretOf({ cookies }: FastifyRequest): string | undefined {
    return readSecret(cookies[this.cookie]);
  }

  /** Forgotten when the browser is closed. Not signed: a secret that is none opens nothing, and a new secret of the site's closes no draft. */
  private hold(reply: FastifyReply, secret: string): void {
    void reply.setCookie(this.cookie, secret, { ...cookieOptions(siteOf(this.config)), signed: false });
  }

  private get cookie(): string {
    return cookieName(siteOf(this.config), 'draft');
  }
}
