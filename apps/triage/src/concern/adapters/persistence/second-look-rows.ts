import type { Standing, Tx } from '#libs/journal';
import type { Concern, ConcernTriaged, SecondLook } from '../../domain/concern.js';

interface Row {
  record_id: string;
  decision: number;
  authority: string;
  decided_at: string;
  decided_by: string | null;
  first_needs: string | null;
  first_risk: string | null;
  first_unable: string | null;
  first_outcome: string;
  given_at: string | null;
  given_by: string | null;
  second_needs: string | null;
  second_risk: string | null;
  second_unable: string | null;
  second_outcome: string | null;
}

const columns = `record_id, decision, authority, decided_at, decided_by, first_needs, first_risk, first_unable, first_outcome,
  given_at, given_by, second_needs, second_risk, second_unable, second_outcome`;
const changing = columns.split(',').map((column) => column.trim()).filter((column) => column !== 'record_id' && column !== 'decision');

/** Writes the rows of the read table `second_look`: those that a concern has, and none besides, since a second look that is owed lapses. */
export async function projectSecondLooks(tx: Tx, standings: Standing<Concern>[]): Promise<void> {
  if (standings.length === 0) return;
  await tx.query(
    `with looks as (
       select ${columns} from jsonb_to_recordset($2::jsonb) as row (record_id uuid, decision int, authority text, decided_at timestamptz, decided_by text,
         first_needs text, first_risk text, first_unable text, first_outcome text, given_at timestamptz, given_by text,
         second_needs text, second_risk text, second_unable text, second_outcome text)),
     lapsed as (delete from second_look where record_id = any($1::uuid[]) and (record_id, decision) not in (select record_id, decision from looks))
     insert into second_look (${columns}) select ${columns} from looks
     on conflict (record_id, decision) do update set ${changing.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    [standings.map(({ recordId }) => recordId), JSON.stringify(standings.flatMap(rowsOf))],
  );
}

function rowsOf({ recordId, authority, state }: Standing<Concern>): Row[] {
  if (state.status === 'absent') return [];
  const decisions = state.status === 'triaged' ? [...state.story.earlierDecisions, state.decision] : state.story.earlierDecisions;
  return state.story.secondLooks.flatMap((look) => {
    const first = decisions.find(({ decision }) => decision === look.decision);
    return first ? [{ record_id: recordId, authority: authority!, ...pairOf(first, look) }] : [];
  });
}

function pairOf(first: ConcernTriaged, { decision, given }: SecondLook): Omit<Row, 'record_id' | 'authority'> {
  return {
    decision,
    decided_at: first.at,
    decided_by: first.decidedBy,
    first_needs: first.limbs.needs.answer,
    first_risk: first.limbs.risk.answer,
    first_unable: first.limbs.unable.answer,
    first_outcome: first.outcome,
    given_at: given?.at ?? null,
    given_by: given?.by ?? null,
    second_needs: given?.limbs.needs.answer ?? null,
    second_risk: given?.limbs.risk.answer ?? null,
    second_unable: given?.limbs.unable.answer ?? null,
    second_outcome: given?.outcome ?? null,
  };
}
