import { Logger } from '@nestjs/common';
import { type Action, type Rule, rights, whoMay } from '#libs/access';
import type { Staff } from './staff.js';

/** Whoever acts, and what they have asked to do. */
export interface Acting {
  staff: Staff;
  action: Action;
}

/** Somebody was not allowed to do something. Ids and codes alone: it is logged. */
export interface Refusal extends Acting {
  rule: Rule;
  recordIds?: readonly string[];
}

/** The rights say no: 403 where somebody may know that, 404 where the record is not there for them. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly refusal: Refusal,
    readonly status: 403 | 404,
    message: string,
  ) {
    super(message);
  }
}

const logger = new Logger('rights');

/** One line for each refusal: who, what, by which rule. */
export function logRefusal({ staff, action, rule, recordIds = [] }: Refusal): void {
  logger.warn({ kind: 'refused', rule, action, who: staff.id, roles: staff.roles, records: recordIds });
}

/** One line for a record that was asked for and is not there for them: another authority's, or none. */
export function logAbsent({ staff, action }: Acting, recordIds: readonly string[]): void {
  logger.warn({ kind: 'not_there', action, who: staff.id, roles: staff.roles, records: recordIds });
}

const toRoles = (refusal: Refusal): string => `You may not ${rights[refusal.action].does}. Who may: ${whoMay(refusal.action).join(', ')}.`;

/** What was refused and who can do it, in words. */
export function inWords(refusal: Refusal): string {
  const { rule, action, staff } = refusal;
  if (rule === 'own_decision') return `This is about what you did yourself, or about you, so a colleague has to ${rights[action].does}.`;
  if (rule === 'authority') {
    return `You may ${rights[action].does} with ${staff.authority ?? 'no authority'} alone. Who may elsewhere: ${whoMay(action).join(', ')} there.`;
  }
  return toRoles(refusal);
}
