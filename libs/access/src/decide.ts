import { type Action, type Right, rights, type Scope, scopes } from './rights.js';
import type { Role } from './roles.js';

/** Somebody who acts. */
export interface Who {
  id: string;
  roles: readonly Role[];
  /** The ONS code of the council they act for; null for whoever acts for none, who so has no record of any. */
  authority: string | null;
  /** Who they are in `people`, where a record there is about them. */
  personId?: string;
}

/** What has to be known of a record to say who may do something with it. Ids and codes alone. */
export interface Held {
  /** Null: no authority's, or not one of whoever asks. */
  authority: string | null;
  /** Who works on it; for a member of staff, the managers of their teams. */
  assignees?: readonly string[];
  raisedBy?: string | null;
  /** Who did what would be decided on now, or whom it gives or takes something. */
  doneBy?: readonly string[];
  aboutPersonId?: string | null;
  /** People and staff who are named as a source of risk. */
  sourceOfRiskIds?: readonly string[];
}

/** Why not; in the order in which they are asked. */
export type Rule = 'role' | 'authority' | 'about_oneself' | 'source_of_risk' | 'not_assigned' | 'not_own' | 'own_decision';

export type Verdict = { allowed: true } | { allowed: false; rule: Rule };

export interface Asked {
  who: Who;
  action: Action;
  /** Left out, only the roles are asked. */
  record?: Held;
}

/** Whether somebody may do something, with a record or at all; and if not, by which rule. */
export function decide({ who, action, record }: Asked): Verdict {
  const held = scopesOf(who, action);
  const rule = held.length === 0 ? 'role' : record && broken({ who, action, record }, held);
  return rule ? { allowed: false, rule } : { allowed: true };
}

function scopesOf({ roles }: Who, action: Action): Scope[] {
  const right: Right | undefined = Object.hasOwn(rights, action) ? rights[action] : undefined;
  return scopes.filter((scope) => right?.[scope]?.some((role) => roles.includes(role)));
}

function broken({ who, action, record }: Required<Asked>, held: Scope[]): Rule | undefined {
  if (held.includes('every')) return undefined;
  if (!isOwn({ who, record }, held) && (who.authority === null || record.authority !== who.authority)) return 'authority';
  if (who.personId !== undefined && record.aboutPersonId === who.personId) return 'about_oneself';
  if (record.sourceOfRiskIds?.some((id) => id === who.id || id === who.personId)) return 'source_of_risk';
  if (!held.some((scope) => reaches[scope](who, record))) return held.includes('assigned') ? 'not_assigned' : 'not_own';
  const right: Right = rights[action];
  return right.byAnother && record.doneBy?.includes(who.id) ? 'own_decision' : undefined;
}

/** Police and hospitals deal with several authorities, and see with each what they sent there. */
const isOwn = ({ who, record }: { who: Who; record: Held }, held: Scope[]): boolean => held.includes('own') && reaches.own(who, record);

const reaches: Record<Scope, (who: Who, record: Held) => boolean> = {
  any: () => true,
  every: () => true,
  assigned: ({ id }, { assignees }) => assignees?.includes(id) ?? false,
  own: ({ id }, { raisedBy }) => raisedBy === id,
};
