/** A split that both sides are asked for: months received or years concluded, by something that was recorded. */
export interface Split {
  measure: 'conversion' | 'making_safeguarding_personal';
  by: string;
  every: 'month' | 'year';
  /** What a good analyst would write; `$1` is the first day, `$2` the day after the last. */
  sql: string;
}

const moment = (parameter: string): string => `(${parameter}::date::timestamp at time zone 'Europe/London')`;

const converted = (part: string, joins = ''): string => `
  select to_char(received_at at time zone 'Europe/London', 'YYYY-MM') as period, coalesce(${part}, 'not_known') as part,
    count(*)::int as concerns, (count(*) filter (where outcome = 's42_enquiry' and decided_at < ${moment('$2')}))::int as s42_enquiries
  from analyst.concern ${joins}
  where received_at >= ${moment('$1')} and received_at < ${moment('$2')} group by 1, 2`;

/** One of each kind of thing that cases are split by: a column, a list, a characteristic of the person, and one that is two joins away. */
export const splits: readonly Split[] = [
  { measure: 'conversion', by: 'referrer_type', every: 'month', sql: converted('referrer_type') },
  { measure: 'conversion', by: 'abuse_type', every: 'month', sql: converted('abuse_type', 'left join lateral unnest(abuse_types) abuse_type on true') },
  { measure: 'conversion', by: 'gender', every: 'month', sql: converted('gender', 'left join analyst.person on person.id = concern.person_id') },
  {
    measure: 'making_safeguarding_personal',
    by: 'ethnicity',
    every: 'year',
    sql: `
      select (extract(year from (concluded_at at time zone 'Europe/London') - interval '3 months'))::int::text as period, coalesce(ethnicity, 'not_known') as part,
        count(*)::int as concluded, (count(*) filter (where outcomes_asked = 'not_asked'))::int as not_asked,
        (count(*) filter (where outcomes_asked = 'asked_and_expressed'))::int as expressed,
        (count(*) filter (where mental_capacity = 'lacks_capacity'))::int as lacking_capacity
      from analyst.enquiry join analyst.concern on concern.id = enquiry.concern_id left join analyst.person on person.id = concern.person_id
      where kind = 's42' and concluded_at >= ${moment('$1')} and concluded_at < ${moment('$2')} group by 1, 2`,
  },
];

/** The first figure of each split, which both sides have. */
export const counted: Readonly<Record<Split['measure'], string>> = { conversion: 'concerns', making_safeguarding_personal: 'concluded' };
