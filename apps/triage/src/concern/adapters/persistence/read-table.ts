import { assertNever } from '#libs/decider';
import type { Standing, Tx } from '#libs/journal';
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
  person_id: string | null;
  outcome: string | null;
  decided_at: string | null;
  sequence: number;
  feedback: string | null;
  assigned_to: string | null;
  raised_by: string | null;
}

const kept = `id, reference, authority, status, received_at, clocks_from, channel, referrer_type, immediate_risk, to_chase, person_id, outcome,
  decided_at, sequence, feedback, assigned_to, raised_by`;
const excluded = kept.replaceAll(/(\w+)/g, 'excluded.$1');

/** Writes the rows of the read table `concern`: a function of where each concern stands and nothing else. */
export async function project(tx: Tx, standings: Standing<Concern>[]): Promise<void> {
  const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
  if (rows.length === 0) return;
  await tx.query(
    `insert into concern (${kept})
     select ${kept} from jsonb_to_recordset($1::jsonb) as row (id uuid, reference text, authority text, status text, received_at timestamptz,
       clocks_from timestamptz, channel text, referrer_type text, immediate_risk boolean, to_chase text[], person_id uuid,
       outcome text, decided_at timestamptz, sequence int, feedback text, assigned_to text, raised_by text)
     on conflict (id) do update set (${kept}) = (${excluded})`,
    [JSON.stringify(rows)],
  );
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
    person_id: story.personId,
    assigned_to: story.assignedTo,
    raised_by: begunBy,
    sequence,
    ...stage(state),
  };
}

function stage(state: Exclude<Concern, { status: 'absent' }>): Pick<Row, 'clocks_from' | 'outcome' | 'decided_at' | 'feedback'> {
  switch (state.status) {
    case 'awaiting-triage':
      return { clocks_from: state.clocksFrom, outcome: null, decided_at: null, feedback: null };
    case 'triaged':
      return { clocks_from: null, outcome: state.decision.outcome, decided_at: state.decision.at, feedback: state.feedback };
    case 'entered-in-error':
      return { clocks_from: null, outcome: null, decided_at: null, feedback: null };
    default:
      return assertNever(state);
  }
}
