import { type Day, type Instant, londonDay } from '#libs/calendar';
import { basisOf, type Keeping, NOTHING_KEEPS_IT, ruleInForce } from '#libs/retention';
import type { Claim } from './parts.js';
import type { RetentionBasis, RetentionRule } from './retention-rules.js';
import type { Person } from './state.js';

/** Whether a record still needs a person. Where nobody can say now, they are kept as if one did. */
export type Needed = 'no' | 'yes' | 'not_known';

/** A person, and whoever was joined into them: they go together. */
export interface Sides {
  /** A record that is kept names one of them. */
  needed: Needed;
  /** One of the others is under a legal hold, which keeps all. */
  isOtherHeld: boolean;
  /** When the last of the others was joined into them; null where there are none. */
  lastJoinedAt: Instant | null;
  /** When the last record that named one of them was disposed of; null as long as none was. */
  lastLetGoAt: Instant | null;
}

/** What has to be known besides the person to say how long they are kept. */
export interface Schedule extends Sides {
  rules: readonly RetentionRule[];
}

/** Until when who somebody is is kept, and by which rule. Undefined as long as a record needs them, and for whoever was joined into another, with whom they go. */
export function retentionOf(state: Person, on: Day, { rules, needed, lastLetGoAt }: Schedule): RetentionBasis | undefined {
  if (state.status !== 'known' && state.status !== 'entered-in-error') return undefined;
  const rule = ruleInForce(rules, 'person', on);
  if (!rule || needed !== 'no' || lastLetGoAt === null) return undefined;
  const basis = basisOf(rule, lastLetGoAt);
  return rule.years === 0 ? { ...basis, dueOn: londonDay(lastLetGoAt) } : basis;
}

/** What one authority says about keeping a person. What others say is theirs. */
export const keepingOf = (state: Person, authority: string | null): Keeping => ('keepings' in state && authority !== null ? state.keepings[authority] : undefined) ?? NOTHING_KEEPS_IT;

/** Whether any authority other than this one, or any at all, holds a person. */
export const isHeldByAnother = (state: Person, authority: string | null): boolean =>
  'keepings' in state && Object.entries(state.keepings).some(([one, { legalHold }]) => one !== authority && legalHold !== null);

/** What these come to together, by their own stories: the first of them is the one who stands for all. */
export function sidesOf([one, ...others]: readonly Person[], isNamedElsewhere: boolean | undefined): Sides {
  const all = [one!, ...others].flatMap((state) => ('claims' in state ? [state] : []));
  const isNamed = all.some(({ claims }) => claims.length > 0) || isNamedElsewhere;
  return {
    needed: isNamed === undefined ? 'not_known' : isNamed ? 'yes' : 'no',
    isOtherHeld: others.some((state) => isHeldByAnother(state, null)),
    lastJoinedAt: others.flatMap((state) => (state.status === 'joined' ? state.joinedAt : [])).toSorted().at(-1) ?? null,
    lastLetGoAt: all.flatMap(({ letGoAt }) => letGoAt ?? []).toSorted().at(-1) ?? null,
  };
}

/** The concerns that name these, or did: an enquiry is found by its concern. */
export const concernsOf = (states: readonly Person[]): string[] =>
  states
    .flatMap((state): Pick<Claim, 'recordId' | 'recordKind'>[] => ('claims' in state ? [...state.claims, ...state.letGo] : []))
    .flatMap(({ recordId, recordKind }) => (recordKind === 'concern' ? [recordId] : []));
