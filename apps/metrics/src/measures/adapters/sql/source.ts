import type { Subject } from '../../domain/definition.js';
import { ALL, type Dimension, type Question } from '../../domain/question.js';

/** The values of a statement, in the order of its placeholders. */
export class Params {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Facts as known, under the alias `f`, with the expression of the part they fall into. */
export interface Source {
  /** A `with` clause, or empty. */
  readonly with: string;
  readonly from: string;
  /** Begins with `where`. */
  readonly where: string;
  readonly part: string;
  /** Whom the case is about, joins followed; only where it was asked for. */
  readonly person: string;
}

const tables: Record<Subject, string> = { concern: 'concern_fact', enquiry: 'enquiry_fact', dols_request: 'dols_fact' };

const ofConcern = new Map<Dimension, string>([
  ['referrer_type', 'referrer_type'], ['channel', 'channel'], ['abuse_type', 'abuse_type'], ['location_type', 'location_type'],
  ['source_of_risk', 'source_of_risk'], ['age_band', 'age_band'],
]);
const ofPerson = new Map<Dimension, string>([
  ['gender', 'gender'], ['ethnicity', 'ethnicity'], ['local_area', 'local_area'], ['primary_support_reason', 'primary_support_reason'],
]);
const ofDols = new Map<Dimension, string>([['location_type', 'setting'], ['age_band', 'age_band']]);

/** What the cases of a subject can be split by. */
export function dimensionsOf(subject: Subject): Dimension[] {
  return [...(subject === 'dols_request' ? ofDols : ofConcern).keys(), ...ofPerson.keys()];
}

/** The facts of a subject as known at the asked time, ready to be counted by authority and part. */
export function source(subject: Subject, question: Question, params: Params, needs?: 'with its person'): Source {
  const { splitBy, authority } = question;
  const isAboutPerson = splitBy !== null && ofPerson.has(splitBy);
  const needsPerson = isAboutPerson || needs !== undefined;
  const known = knownAt(question, params);
  const joins: string[] = [];
  const carrier = subject === 'enquiry' && splitBy !== null ? 'c' : 'f';
  if (carrier === 'c') joins.push(`left join concern_fact c on c.id = f.concern_id and c.nth = 1 and ${known('c')}`);
  // Behind a policy PostgreSQL looks nothing up in an index by `coalesce`, of which it does not know that it keeps what it is given to itself.
  const person = `case when led.into_id is null then ${carrier}.person_id else led.into_id end`;
  if (needsPerson) joins.push(`left join led on led.id = ${carrier}.person_id`);
  if (isAboutPerson) joins.push(personOf(carrier, `p.id = ${person} and ${known('p')}`));
  if (splitBy === 'abuse_type') joins.push(`left join lateral unnest(${carrier}.abuse_types) abuse_type on true`);
  const own = authority === ALL ? '' : ` and f.authority = ${params.add(authority)}`;
  return {
    with: needsPerson ? `with recursive ${led(known)}` : '',
    from: `from ${tables[subject]} f ${joins.join(' ')}`,
    where: `where ${known('f')}${own}`,
    part: part(subject, splitBy, carrier),
    person,
  };
}

/** Enquiries are few beside people: theirs are looked up one by one, whatever else is planned; those of other cases are read all at once. */
const personOf = (carrier: 'c' | 'f', isTheirs: string): string =>
  carrier === 'c' ? `left join lateral (select * from person_fact p where ${isTheirs} offset 0) p on true` : `left join person_fact p on ${isTheirs}`;

function part(subject: Subject, splitBy: Dimension | null, carrier: string): string {
  if (splitBy === null) return 'null::text';
  if (splitBy === 'abuse_type') return `coalesce(abuse_type, 'not_known')`;
  const column = (subject === 'dols_request' ? ofDols : ofConcern).get(splitBy);
  return `coalesce(${column ? `${carrier}.${column}` : `p.${ofPerson.get(splitBy)}`}, 'not_known')`;
}

/** The condition under which a row was held true at the asked time. */
export function knownAt({ knownAt }: Pick<Question, 'knownAt'>, params: Params): (alias: string) => string {
  if (knownAt === null) return (alias) => `${alias}.known_until is null`;
  const at = params.add(knownAt);
  return (alias) => `${alias}.known_from <= ${at} and (${alias}.known_until is null or ${alias}.known_until > ${at})`;
}

/**
 * Whom each joined pseudonym is led to, chains followed to their end. Joins that for a while lead in a circle, because a
 * separation is not known yet, end at the least of those in it.
 */
function led(known: (alias: string) => string): string {
  return `steps (id, at) as (
    select a.id, a.into_id from alias_fact a where ${known('a')}
    union
    select steps.id, a.into_id from steps join alias_fact a on a.id = steps.at and ${known('a')}
  ), led as materialized (
    select id, coalesce(min(at::text) filter (where not exists (select from alias_fact a where a.id = at and ${known('a')})), min(at::text))::uuid as into_id
    from steps group by id
  )`;
}
