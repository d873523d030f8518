import { assertNever } from '#libs/decider';
import type { Standing, Tx } from '#libs/journal';
import type { Request } from '../../domain/state.js';

interface Ending {
  decided_at: string | null;
  outcome: string | null;
  authorised_from: string | null;
  authorised_to: string | null;
}

interface Row extends Ending {
  id: string;
  reference: string;
  authority: string;
  status: string;
  received_at: string;
  kind: string;
  urgent: boolean | null;
  urgent_expires_on: string | null;
  setting: string | null;
  band: string | null;
  legacy: boolean;
  screened_under: string | null;
  to_look_at: string[];
  next_contact_on: string | null;
  person_id: string | null;
  allocated_at: string | null;
  sequence: number;
}

const kept = `id, reference, authority, status, received_at, kind, urgent, urgent_expires_on, setting, band, legacy, screened_under,
  to_look_at, next_contact_on, person_id, allocated_at, decided_at, outcome, authorised_from, authorised_to, sequence`;
const excluded = kept.replaceAll(/(\w+)/g, 'excluded.$1');

/** Writes the rows of the read table `dols_request`: a function of where each request stands and nothing else. */
export async function project(tx: Tx, standings: Standing<Request>[]): Promise<void> {
  const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
  if (rows.length === 0) return;
  await tx.query(
    `insert into dols_request (${kept})
     select ${kept} from jsonb_to_recordset($1::jsonb) as row (id uuid, reference text, authority text, status text,
       received_at timestamptz, kind text, urgent boolean, urgent_expires_on date, setting text, band text, legacy boolean,
       screened_under text, to_look_at text[], next_contact_on date, person_id uuid, allocated_at timestamptz,
       decided_at timestamptz, outcome text, authorised_from date, authorised_to date, sequence int)
     on conflict (id) do update set (${kept}) = (${excluded})`,
    [JSON.stringify(rows)],
  );
}

function rowOf({ recordId, authority, state, sequence }: Standing<Request>): Row | undefined {
  if (state.status === 'absent') return undefined;
  const { details } = state;
  return {
    id: recordId,
    reference: details.reference,
    authority: authority!,
    status: state.status,
    received_at: details.receivedAt,
    kind: details.kind,
    urgent: details.urgent,
    urgent_expires_on: details.urgentExpiresOn,
    setting: details.setting,
    band: state.priority?.band ?? null,
    legacy: state.legacy,
    screened_under: state.screening?.legalTest ?? null,
    to_look_at: state.toLookAt,
    next_contact_on: state.nextContactOn,
    person_id: state.person?.personId ?? null,
    allocated_at: state.allocation?.at ?? null,
    sequence,
    ...endingOf(state),
  };
}

function endingOf(state: Exclude<Request, { status: 'absent' }>): Ending {
  const none = { decided_at: null, outcome: null, authorised_from: null, authorised_to: null };
  switch (state.status) {
    case 'received':
    case 'screened':
    case 'prioritised':
    case 'allocated':
    case 'entered-in-error':
    case 'disposed':
      return none;
    case 'decided':
      return { ...none, decided_at: state.decidedAt, outcome: state.outcome };
    case 'authorised':
    case 'ended': {
      const { from, to } = state.authorisation;
      return { decided_at: state.decidedAt, outcome: 'granted', authorised_from: from, authorised_to: to };
    }
    default:
      return assertNever(state);
  }
}
