import { addDays, type Day, monthEnd, monthOf } from '#libs/calendar';
import { ALL, lastDays, type Question } from '../../domain/question.js';
import type { Statement } from './measure.js';
import { Params } from './source.js';

/**
 * What was counted beforehand, by day in London: exactly what the facts that hold now come to. It answers what is asked as
 * known now and of whole cases; everything else is asked of the facts themselves.
 */
export const isTallied = ({ knownAt, splitBy }: Question): boolean => knownAt === null && splitBy === null;

/** Whether each period is made of whole months, as far as the as-of day: what is counted by month serves those alone. */
export const isOfMonths = ({ periods, asOf }: Question): boolean =>
  periods.every(({ from, to }) => from === `${monthOf(from)}-01` && (to >= asOf || to === monthEnd(monthOf(to))));

/** The tally of some counts, ready to be added up. */
export class Tally {
  readonly params = new Params();

  constructor(private readonly question: Question) {}

  /** The condition on a row, of these counts. */
  of(...counted: string[]): string {
    return `counted in (${counted.map((name) => `'${name}'`).join(', ')})${this.own('authority')}`;
  }

  /** A further condition where one authority was asked for. */
  own(column: string): string {
    const { authority } = this.question;
    return authority === ALL ? '' : ` and ${column} = ${this.params.add(authority)}`;
  }

  /** As `inPeriods` has it of moments, of days. */
  inPeriods(day: string): { within: string; bucket: string; bucketOf: (other: string) => string } {
    const days = boundDays(this.question);
    const all = this.params.add(days);
    const [first, last] = [this.params.add(days[0]), this.params.add(days.at(-1))];
    const bucketOf = (one: string): string => `width_bucket(${one}, ${all}::date[])`;
    return { within: `${day} >= ${first}::date and ${day} < ${last}::date`, bucket: bucketOf(day), bucketOf };
  }

  /** The days after the last of each period, as an array, and a condition that a day comes before the last of them. */
  ends(): { all: string; before: (day: string) => string } {
    const days = lastDays(this.question).map(after);
    const [all, last] = [this.params.add(days), this.params.add(days.at(-1))];
    return { all: `${all}::date[]`, before: (day) => `${day} < ${last}::date` };
  }

  statement(text: string): Statement {
    return { text, values: this.params.values };
  }
}

/** Counts by period; of each the letter with which its cases are marked, or none where it is all of them. */
export function tallyInPeriods(counted: string, letters: Readonly<Record<string, string>>, question: Question): Statement {
  const tally = new Tally(question);
  const { within, bucket } = tally.inPeriods('day');
  const counts = Object.entries(letters).map(([name, letter]) => `coalesce(sum(cases) filter (where part like '%${letter}%'), 0)::int as ${name}`);
  return tally.statement(`select authority, null::text as part, ${bucket} as bucket, ${counts.join(', ')} from tally where ${tally.of(counted)} and ${within} group by 1, 3`);
}

/** Cases by the first period at whose end they count; what ended one takes it away from there on. */
export function tallyAtEnds(counted: string, question: Question): Statement {
  const tally = new Tally(question);
  const ends = tally.ends();
  return tally.statement(
    `select authority, null::text as part, width_bucket(day, ${ends.all}) as began, ${question.periods.length} as ended, sum(cases)::int as cases
     from tally where ${tally.of(counted)} and ${ends.before('day')} group by 1, 3`,
  );
}

/** Those with a concern or a request received by the end of a day: one after another by the tally's key, of which there is a row for every day, and never all of them. */
export const talliedAuthorities = (day: Day): Statement => ({
  text: `
    with recursive one (counted, authority) as (
      select counted, (select min(authority) from tally where tally.counted = kind.counted) from (values ('concerns'), ('requests')) kind (counted)
      union all
      select counted, (select min(authority) from tally where tally.counted = one.counted and tally.authority > one.authority) from one where authority is not null
    )
    select distinct authority from one
    where authority is not null and (select true from tally where tally.counted = one.counted and tally.authority = one.authority and day <= $1::date and cases > 0 limit 1)
    order by 1`,
  values: [day],
});

/** The days that bound the periods: period `i` begins with day `2i` and ends before day `2i + 1`. */
function boundDays({ periods, asOf }: Question): Day[] {
  const last = after(asOf);
  return periods.flatMap(({ from, to }) => [earlier(from, last), earlier(after(to), last)]);
}

export const after = (day: Day): Day => addDays(day, 1);
const earlier = (one: Day, other: Day): Day => (one < other ? one : other);
