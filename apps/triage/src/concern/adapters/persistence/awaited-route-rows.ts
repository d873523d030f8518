import type { Standing, Tx } from '#libs/journal';
import type { Concern } from '../../domain/concern.js';
import { isOpen } from '../../domain/routing.js';

interface Row {
  record_id: string;
  decision: number;
  route: string;
  authority: string;
  other_authority: string | null;
  sent_at: string;
  refused_at: string | null;
}

const columns = 'record_id, decision, route, authority, other_authority, sent_at, refused_at';

/** Writes the rows of the read table `awaited_route`: those from where a concern still waits for an answer, and none besides. */
export async function projectAwaitedRoutes(tx: Tx, standings: Standing<Concern>[]): Promise<void> {
  if (standings.length === 0) return;
  await tx.query(
    `with awaited as (
       select ${columns} from jsonb_to_recordset($2::jsonb) as row (record_id uuid, decision int, route text, authority text, other_authority text, sent_at timestamptz, refused_at timestamptz)),
     answered as (delete from awaited_route where record_id = any($1::uuid[]) and (record_id, decision, route) not in (select record_id, decision, route from awaited))
     insert into awaited_route (${columns}) select ${columns} from awaited
     on conflict (record_id, decision, route) do update set authority = excluded.authority, other_authority = excluded.other_authority, sent_at = excluded.sent_at, refused_at = excluded.refused_at`,
    [standings.map(({ recordId }) => recordId), JSON.stringify(standings.flatMap(rowsOf))],
  );
}

function rowsOf({ recordId, authority, state }: Standing<Concern>): Row[] {
  if (state.status === 'absent') return [];
  return state.story.routes.filter(isOpen).map(({ route, decision, otherAuthority, sentAt, state: heard, since }) => ({
    record_id: recordId,
    decision,
    route,
    authority: authority!,
    other_authority: otherAuthority?.code ?? null,
    sent_at: sentAt,
    refused_at: heard === 'refused' ? since : null,
  }));
}
