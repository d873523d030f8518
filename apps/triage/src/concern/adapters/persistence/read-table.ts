import { assertNever } from '#libs/decider';
import { oftenAsked, type Standing, type Tx } from '#libs/journal';
import type { Concern } from '../../domain/concern.js';

interface Row {
  id: string;
  reference: string;
  authority: string;
  status: string;
  received_at: string;
  clocks_from: string | null;
  channel: string | null;
  referrer_type: string | null;
  immediate_risk: boolean | null;
  to_chase: string[];
  place_id: string | null;
  person_id: string | null;
  outcome: string | null;
  decided_at: string | null;
  decided_by: string | null;
  sequence: number;
  feedback: string | null;
  assigned_to: string | null;
  raised_by: string | null;
  not_sent_at: string | null;
  not_sent_reason: string | null;
  more_came_at: string | null;
  danger_told_at: string | null;
}

const kept = `id, reference, authority, status, received_at, clocks_from, channel, referrer_type, immediate_risk, to_chase, place_id, person_id, outcome,
  decided_at, decided_by, sequence, feedback, assigned_to, raised_by, not_sent_at, not_sent_reason, more_came_at, danger_told_at`;
const excluded = kept.replaceAll(/(\w+)/g, 'excluded.$1');

const writing = oftenAsked(
  `insert into concern (${kept})
   select ${kept} from jsonb_to_recordset($1::jsonb) as row (id uuid, reference text, authority text, status text, received_at timestamptz,
     clocks_from timestamptz, channel text, referrer_type text, immediate_risk boolean, to_chase text[], place_id uuid, person_id uuid,
     outcome text, decided_at timestamptz, decided_by text, sequence int, feedback text, assigned_to text, raised_by text, not_sent_at timestamptz, not_sent_reason text, more_came_at timestamptz, danger_told_at timestamptz)
   on conflict (id) do update set (${kept}) = (${excluded})`,
);

/** Writes the rows of the read table `concern`: a function of where each concern stands and nothing else. */
export async function project(tx: Tx, standings: Standing<Concern>[]): Promise<void> {
  const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
  if (rows.length === 0) return;
  await tx.query(writing, [JSON.stringify(rows)]);
}

function rowOf({ recordId, authority, begunBy, state, sequence }: Standing<Concern>): Row | undefined {
  if (state.status === 'absent') return undefined;
  const { story } = state;
  const { channel, referrerType, immediateRisk } = story.particulars;
  return {
    id: recordId,
    reference: story.reference,
    authority: authority!,
    status: state.status,
    received_at: story.receivedAt,
    channel,
    referrer_type: referrerType,
    immediate_risk: immediateRisk,
    to_chase: story.toChase,
    place_id: story.placeId,
    person_id: story.personId,
    assigned_to: story.assignedTo,
    // Nobody finds their own any more of which nothing is left.
    raised_by: state.status === 'disposed' ? null : begunBy,
    sequence,
    more_came_at: story.moreCameAt,
    danger_told_at: story.dangerToldAt,
    ...stage(state),
  };
}

const undecided = { outcome: null, decided_at: null, decided_by: null, feedback: null, not_sent_at: null, not_sent_reason: null };

function stage(state: Exclude<Concern, { status: 'absent' }>): Pick<Row, 'clocks_from' | 'outcome' | 'decided_at' | 'decided_by' | 'feedback' | 'not_sent_at' | 'not_sent_reason'> {
  switch (state.status) {
    case 'awaiting-triage':
      return { ...undecided, clocks_from: state.clocksFrom };
    case 'triaged':
      return { clocks_from: null, outcome: state.decision.outcome, decided_at: state.decision.at, decided_by: state.decision.decidedBy, feedback: state.feedback, not_sent_at: state.notSent?.at ?? null, not_sent_reason: state.notSent?.reason ?? null };
    case 'entered-in-error':
    case 'disposed':
      return { ...undecided, clocks_from: null };
    default:
      return assertNever(state);
  }
}
