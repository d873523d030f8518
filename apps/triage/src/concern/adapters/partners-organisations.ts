import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import type { Peer, Staff } from '#libs/platform';
import type { PartnersOrganisation } from '../domain/referrer.js';
import { DIRECTORY } from './tokens.js';

const reply = z.object({ organisation: z.object({ name: z.string(), kind: codes.organisationKind }).nullable() });

/** A concern is taken whoever answers: nobody waits longer for the name of an organisation, nor asks again at once where there was no answer. */
const patienceMs = 1_000;
const quietMs = 5_000;
/** Organisations seldom change, and a partner's system raises many concerns. */
const freshMs = 60_000;
const mostKnown = 1_000;

interface Known {
  until: number;
  found: Promise<PartnersOrganisation | undefined>;
}

/** For which organisation partners sign in, as the directory says. */
@Injectable()
export class PartnersOrganisations {
  private readonly logger = new Logger('partners');
  private readonly known = new Map<string, Known>();
  private quietUntil = 0;

  constructor(@Inject(DIRECTORY) private readonly directory: Peer | undefined) {}

  /** Undefined for whoever is no partner, for whom nothing is registered, and where the directory does not answer. */
  find({ id, roles, authority }: Pick<Staff, 'id' | 'roles' | 'authority'>): Promise<PartnersOrganisation | undefined> {
    const now = performance.now();
    const { directory } = this;
    if (!directory || !roles.includes('partner') || authority === null) return Promise.resolve(undefined);
    const key = `${authority} ${id}`;
    const before = this.known.get(key);
    if (before && now < before.until) return before.found;
    if (now < this.quietUntil) return Promise.resolve(undefined);
    const found = inTime(asked(directory, { partner: id, authority })).catch((error: unknown) => this.unanswered(key, error));
    if (this.known.size >= mostKnown) this.known.clear();
    this.known.set(key, { until: now + freshMs, found });
    return found;
  }

  private unanswered(key: string, error: unknown): undefined {
    this.known.delete(key);
    this.quietUntil = performance.now() + quietMs;
    this.logger.warn({ kind: 'organisation not known', error: error instanceof Error ? error.name : typeof error });
  }
}

async function asked({ url, signing }: Peer, body: { partner: string; authority: string }): Promise<PartnersOrganisation | undefined> {
  const headers = { 'content-type': 'application/json', ...(await signing()) };
  const answer = await fetch(`${url}/internal/partners/organisation`, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok) throw new Error(`the directory answered ${answer.status}`);
  return reply.parse(await answer.json()).organisation ?? undefined;
}

async function inTime<Found>(asking: Promise<Found>): Promise<Found> {
  const late = new AbortController();
  try {
    return await Promise.race([asking, pause(patienceMs, undefined, { signal: late.signal, ref: false }).then(() => Promise.reject(new Error('the directory took too long')))]);
  } finally {
    late.abort();
    asking.catch(() => undefined);
  }
}
