import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import type { Action } from '#libs/access';
import { type Answer, because, type ServiceClient } from '#libs/pages';
import { may } from '../may.js';
import { Services } from '../outside.js';
import { isAway, unlessAway } from '../unless-away.js';

const broken = z.object({ by: z.string(), at: z.string(), until: z.string() });
const listed = z.object({
  items: z.array(z.object({ id: z.string(), reference: z.string(), status: z.string(), since: z.string(), until: z.string().nullish(), isNew: z.boolean(), glass: z.array(broken), keptFrom: z.array(z.object({ id: z.string() })).default([]) })),
  total: z.number(),
});
const kept = z.object({ items: z.array(z.object({ id: z.string(), reference: z.string(), keptFrom: z.string(), why: z.string(), at: z.string() })), total: z.number() });
const glass = z.object({ items: z.array(broken.extend({ id: z.string().nullable(), reference: z.string().nullable() })), total: z.number() });

/** A kind of record that can be restricted: who is asked for it, and the rights that it takes. */
interface Kind {
  called: 'concern' | 'request';
  noun: string;
  /** What our own references of it begin with. */
  begins: string;
  service: 'triage' | 'dols';
  breaks: string;
  rights: Record<'read' | 'list' | 'break' | 'keepNoMore', Action>;
}

export const KINDS = [
  { called: 'concern', noun: 'concern', begins: 'SC-', service: 'triage', breaks: '/concerns/break-glass', rights: { read: 'concern.read_case', list: 'concern.list_glass', break: 'concern.break_glass', keepNoMore: 'concern.keep_no_more' } },
  { called: 'request', noun: 'DoLS request', begins: 'DL-', service: 'dols', breaks: '/requests/break-glass', rights: { read: 'dols_request.list', list: 'dols_request.list_glass', break: 'dols_request.break_glass', keepNoMore: 'dols_request.keep_no_more' } },
] as const satisfies Kind[];
type OneKind = (typeof KINDS)[number];

type Of<Item> = Item & { kind: OneKind };
export type RestrictedToMe = Of<z.infer<typeof listed>['items'][number]>[];
export type KeptFromSome = Of<z.infer<typeof kept>['items'][number]>[];
export type BrokenGlass = Of<z.infer<typeof glass>['items'][number]>[];

const request = z.object({
  reference: z.string(), status: z.string(), kind: z.string(), band: z.string().nullish(), receivedAt: z.string(), restriction: z.object({ names: z.array(z.string()) }).nullish(), keptFrom: z.array(z.object({ id: z.string() })).default([]),
});
export type RestrictedRequest = z.infer<typeof request>;

const opened = z.object({ id: z.string() });

/** The kinds of which whoever is signed in may do so. */
export const kindsTo = (does: keyof Kind['rights']): OneKind[] => KINDS.filter(({ rights }) => may(rights[does]));

/** Restricted records, as their services tell them to those to whom they are open. */
@Injectable()
export class Restricted {
  constructor(private readonly services: Services) {}

  /** Those that are open to whoever is signed in, by name; none for whoever reads no such records. */
  async mine(): Promise<RestrictedToMe> {
    return (await Promise.all(kindsTo('read').map((kind) => this.mineOf(kind)))).flat();
  }

  /** Those of them that they have not opened yet; none where nobody can say just now, since the first page is for more. */
  async unopened(): Promise<RestrictedToMe> {
    const found = await Promise.all(kindsTo('read').map((kind) => this.mineOf(kind).catch(unlessAway)));
    return found.flatMap((of) => (isAway(of) ? [] : of.filter(({ isNew }) => isNew)));
  }

  /** Who opened one without being named; undefined for whoever is not told. */
  async broken(): Promise<BrokenGlass | undefined> {
    const kinds = kindsTo('list');
    if (kinds.length === 0) return undefined;
    const told = await Promise.all(kinds.map(async (kind) => (await this.serviceOf(kind).as(because('who opened restricted records')).get('/glass', {}, glass)).items.map((one) => ({ ...one, kind }))));
    return told.flat().toSorted((one, other) => other.at.localeCompare(one.at));
  }

  /** Who did so since then; nobody where that cannot be told just now, since the first page is for more. */
  async brokenSince(since: string): Promise<BrokenGlass> {
    const found = await this.broken().catch(unlessAway);
    return found === undefined || isAway(found) ? [] : found.filter(({ at }) => at >= since);
  }

  /** From whom records are kept that are open to whoever is signed in; undefined for whoever takes none back. */
  async kept(): Promise<KeptFromSome | undefined> {
    const kinds = kindsTo('keepNoMore');
    if (kinds.length === 0) return undefined;
    const told = await Promise.all(kinds.map(async (kind) => (await this.serviceOf(kind).as(because('from whom records are kept')).get('/kept-from', {}, kept)).items.map((one) => ({ ...one, kind }))));
    return told.flat().toSorted((one, other) => other.at.localeCompare(one.at));
  }

  /** Opens one for a while, once for a form, wherever it is: each is asked in which they may, first whose reference it looks like. Throws `StepUpNeeded` where whoever asks has to show again that it is them. */
  async open(reference: string, reason: string, key: string): Promise<{ kind: OneKind; answer: Answer }> {
    const looksLike = ({ begins }: OneKind): number => Number(reference.toUpperCase().startsWith(begins));
    const [first, ...others] = kindsTo('break').toSorted((one, other) => looksLike(other) - looksLike(one));
    let tried = { kind: first!, answer: await this.openOf(first!, reference, reason, key) };
    for (const kind of looksLike(first!) ? [] : others) if (tried.answer.status === 404) tried = { kind, answer: await this.openOf(kind, reference, reason, key) };
    return tried;
  }

  /** A DoLS request, which is opened by that. */
  async request(id: string): Promise<RestrictedRequest> {
    const found = await this.services.dols.as(because('restricted to me')).find(`/requests/${id}`, request);
    if (!found) throw new NotFoundException();
    return found;
  }

  /** Which it was. */
  openedIn = (answer: Answer): string => opened.parse(answer.body).id;

  private async mineOf(kind: OneKind): Promise<RestrictedToMe> {
    return (await this.serviceOf(kind).as(because('restricted to me')).get('/restricted', {}, listed)).items.map((one) => ({ ...one, kind }));
  }

  private openOf(kind: OneKind, reference: string, reason: string, key: string): Promise<Answer> {
    return this.serviceOf(kind).post(kind.breaks, { [kind.called]: reference, reason }, { 'idempotency-key': key });
  }

  private serviceOf = ({ service }: OneKind): ServiceClient => this.services[service];
}
