import { assertNever } from '#libs/decider';
import type { Standing, Tx } from '#libs/journal';
import type { Enquiry } from '../../domain/enquiry.js';

interface Row {
  id: string;
  reference: string;
  authority: string;
  concern_id: string;
  kind: string;
  status: string;
  opened_at: string;
  allocated_at: string | null;
  concluded_at: string | null;
  worker: string | null;
  team: string | null;
  conducted_by: string | null;
  due_on: string | null;
  asked_whether_to_go_on_at: string | null;
  is_legacy: boolean;
  is_assumed: boolean;
  sequence: number;
}

const kept = `id, reference, authority, concern_id, kind, status, opened_at, allocated_at, concluded_at, worker, team, conducted_by, due_on,
  asked_whether_to_go_on_at, is_legacy, is_assumed, sequence`;
const excluded = kept.replaceAll(/(\w+)/g, 'excluded.$1');

/** Writes the rows of the read table `enquiry`: a function of where each enquiry stands and nothing else. */
export async function project(tx: Tx, standings: Standing<Enquiry>[]): Promise<void> {
  const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
  if (rows.length === 0) return;
  await tx.query(
    `insert into enquiry (${kept})
     select ${kept} from jsonb_to_recordset($1::jsonb) as row (id uuid, reference text, authority text, concern_id uuid, kind text, status text,
       opened_at timestamptz, allocated_at timestamptz, concluded_at timestamptz, worker text, team text, conducted_by text, due_on date,
       asked_whether_to_go_on_at timestamptz, is_legacy boolean, is_assumed boolean, sequence int)
     on conflict (id) do update set (${kept}) = (${excluded})`,
    [JSON.stringify(rows)],
  );
}

function rowOf({ recordId, authority, state, sequence }: Standing<Enquiry>): Row | undefined {
  if (state.status === 'absent') return undefined;
  const { story } = state;
  return {
    id: recordId,
    reference: story.reference,
    authority: authority!,
    concern_id: story.concernId,
    kind: story.kind,
    status: state.status,
    opened_at: story.openedAt,
    conducted_by: story.conductedBy,
    due_on: story.caused?.dueOn ?? null,
    asked_whether_to_go_on_at: story.goOnQuestion?.answer === null ? story.goOnQuestion.askedAt : null,
    is_legacy: story.isLegacy,
    is_assumed: story.isLegacy && !story.isImported,
    sequence,
    ...stage(state),
  };
}

function stage(state: Exclude<Enquiry, { status: 'absent' }>): Pick<Row, 'allocated_at' | 'concluded_at' | 'worker' | 'team'> {
  switch (state.status) {
    case 'open':
    case 'entered-in-error':
    case 'disposed':
      return { allocated_at: null, concluded_at: null, worker: null, team: null };
    case 'allocated':
    case 'concluded': {
      const { at, worker, team } = state.allocation;
      return { allocated_at: at, concluded_at: state.status === 'concluded' ? state.conclusion.at : null, worker, team };
    }
    default:
      return assertNever(state);
  }
}
