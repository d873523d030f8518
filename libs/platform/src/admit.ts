import { decide, type Held, scopeOf } from '#libs/access';
import { openTo, raisedBy, type Sight } from '#libs/journal';
import { type Acting, inWords, logRefusal, Refused } from './refused.js';

/**
 * Whose rows somebody sees who acts: those of their own authority, the restricted ones among them that are open to them;
 * what they raised themselves, with whichever authority, where that is what their right is to; those of every authority,
 * where its measures are for them.
 */
export function sightOf({ staff, action }: Acting): Sight {
  const scopes = staff.roles.map((role) => scopeOf(action, role));
  if (scopes.includes('every')) return 'every';
  return [...(staff.authority === null ? [] : [staff.authority]), ...(scopes.includes('own') ? [raisedBy(staff.id)] : []), openTo(staff.id)];
}

/** A record that somebody wants to see or change, as far as their right to it depends on it. */
export interface Case {
  id: string;
  held: Held;
}

/** Throws where the right to something ends before this record: as if it were not there, in the words that are used then. */
export function admit(acting: Acting, { id, held }: Case, absent = 'there is no such record'): void {
  const verdict = decide({ who: acting.staff, action: acting.action, record: held });
  if (verdict.allowed) return;
  const refusal = { ...acting, rule: verdict.rule, recordIds: [id] };
  // Whoever may see the record may be told why they cannot decide it.
  if (verdict.rule === 'own_decision') throw new Refused(refusal, 403, inWords(refusal));
  throw new Refused(refusal, 404, absent);
}

/** Those of these records that somebody may see; the others are left out as if they were not there. */
export function admitted<One extends Case>(acting: Acting, cases: readonly One[]): One[] {
  const verdicts = cases.map(({ held }) => decide({ who: acting.staff, action: acting.action, record: held }));
  const refused = verdicts.flatMap((verdict, at) => (verdict.allowed ? [] : [{ rule: verdict.rule, id: cases[at]!.id }]));
  for (const [rule, some] of Map.groupBy(refused, (one) => one.rule)) {
    logRefusal({ ...acting, rule, recordIds: some.map(({ id }) => id) });
  }
  return cases.filter((_, at) => verdicts[at]!.allowed);
}

/** Throws where somebody may not make a record with this authority. */
export function admitNew(acting: Acting, authority: string | null): void {
  admitAt(acting, { authority, raisedBy: acting.staff.id });
}

/** Throws where somebody may not ask about this authority as a whole; null: about all of them. */
export function admitQuestion(acting: Acting, authority: string | null): void {
  admitAt(acting, { authority });
}

/** The authority that a list is asked for: the own one where none is named. Throws where it is another. */
export function listedAuthority(acting: Acting, asked: string | undefined): string {
  const authority = asked ?? acting.staff.authority;
  admitQuestion(acting, authority);
  return authority!;
}

function admitAt(acting: Acting, record: Held): void {
  const verdict = decide({ who: acting.staff, action: acting.action, record });
  if (verdict.allowed) return;
  const refusal = { ...acting, rule: verdict.rule };
  throw new Refused(refusal, 403, inWords(refusal));
}
