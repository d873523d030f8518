import type { Day } from '#libs/calendar';
import { isHidden, type Standing, type Tx } from '#libs/journal';
import { type Asking, DueRecords, type Ending, type Retained, shortReference } from '#libs/platform';
import { ABOUT_KEEPING, type HeldWith, NOTHING_KEEPS_IT } from '#libs/retention';
import { heldBy } from '../../application/change-person.js';
import type { Acquaintance } from '../../application/person-file.js';
import type { Together } from '../../application/together.js';
import { isHeldByAnother, keepingOf, retentionOf, type Schedule } from '../../domain/retention.js';
import type { RetentionBasis, RetentionRule } from '../../domain/retention-rules.js';
import type { Person } from '../../domain/state.js';

/** The people whom no record needs any more, for a person to look at before anything goes. */
export class DuePeople extends DueRecords<Person, RetentionBasis> {}

/** Somebody and whoever was joined into them. */
const sides = (person: string): string => `(with recursive side as (
  select ${person}::uuid as id union select joining.person_id from side join person as joining on joining.joined_into = side.id
) select id from side)`;

const letGo = (person: string, authority: string): string =>
  `select from journal as told where told.record_id in ${sides(person)} and told.type = 'RecordLetGo' and told.data ->> 'authority' = ${authority}`;

/** In a condition: this council's records that named them and are gone were restricted, and none that is kept or was is open to whoever asks. To them there is nobody. */
const isUnseen = (person: string, authority: string): string =>
  `(exists (${letGo(person, authority)}) and not exists (${letGo(person, authority)} and not (${isHidden("(told.data ->> 'recordId')::uuid")}))
    and not exists (select from claim where claim.person_id in ${sides(person)} and claim.authority = ${authority} and not (${isHidden('claim.record_id')})))`;

/** Who stands for somebody whose record was disposed of. Whether another still names them is asked one by one. */
const quiet = `
with recursive gone as (
  select person_id as id, joined_into from person where let_go_at < $2
  union
  select person.person_id, person.joined_into from gone join person on person.person_id = gone.joined_into
)
select distinct gone.id from gone join person on person.person_id = gone.id
where gone.joined_into is null and person.status = any($6) and $5::text[] is not null and ($3::uuid is null or gone.id > $3)
  and not ${isUnseen('gone.id', '$1')}
order by gone.id limit $4`;

interface Parts {
  rules: readonly RetentionRule[];
  together: Pick<Together, 'sides'>;
  acquaintance: Pick<Acquaintance, 'known'>;
}

/** The person, as far as their retention goes. */
export const retainedPeople = ({ rules, together, acquaintance }: Parts): Retained<Person, RetentionBasis> => ({
  noun: 'a person',
  plural: 'people',
  table: 'person',
  begunAt: 'let_go_at',
  quiet,
  statuses: ['known', 'entered-in-error'],
  noContact: ABOUT_KEEPING,
  async held({ recordId }: Standing<Person>, tx: Tx, { staff: { authority } }: Asking) {
    const known = authority === null ? new Set<string>() : await acquaintance.known(tx, [recordId], authority);
    const unseen: unknown[] = await tx.query(`select 1 where ${isUnseen('$1', '$2')}`, [recordId, authority]);
    return heldBy(authority, unseen.length > 0 ? new Set() : known, recordId).held;
  },
  async endings(standings, on, { staff: { authority } }) {
    const all = await together.sides(standings.map(({ recordId }) => recordId));
    return standings.map((standing, at) => endingOf(standing, on, { rules, ...all[at]!, authority }));
  },
});

function endingOf({ recordId, state }: Standing<Person>, on: Day, { authority, ...schedule }: Schedule & { authority: string | null }): Ending<RetentionBasis> | undefined {
  if (state.status === 'absent') return undefined;
  const head = { reference: shortReference('PE', recordId), status: state.status };
  if (state.status === 'disposed') return { ...head, keeping: NOTHING_KEEPS_IT, retention: undefined, codes: {} };
  const into = state.status === 'joined' ? { into: state.into } : {};
  const isHeld = schedule.isOtherHeld || isHeldByAnother(state, authority);
  const heldWith: HeldWith = isHeld ? 'yes' : schedule.needed === 'not_known' ? 'not_known' : 'no';
  return { ...head, keeping: keepingOf(state, authority), retention: retentionOf(state, on, schedule), heldWith, codes: into };
}
