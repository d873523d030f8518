import { createHash } from 'node:crypto';
import { publishers } from './expected.ts';
import { type Finding, wrong } from './finding.ts';
import type { Journals, Row } from './journals.ts';

/** RFC 8785 for what a journal holds: sorted keys, and numbers and texts as JSON writes them. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`;
}

function hashOf(before: string, row: Row): string {
  const { id, sequence, type, authority, actor, data, traceparent } = row;
  const link = {
    id, sequence, type, authority, actor, data, traceparent,
    recordId: row.record_id, contractSequence: row.contract_sequence, occurredAt: row.occurred_at, recordedAt: row.recorded_at, causationId: row.causation_id,
  };
  return createHash('sha256').update(Buffer.from(before, 'hex')).update(canonical(link)).digest('hex');
}

const genesis = '0'.repeat(64);

/** Every record's chain, computed anew from what is stored; its sequences, and those of what is published, have no gap. */
export function chains(journals: Journals): Finding[] {
  return publishers.flatMap((service) =>
    [...Map.groupBy(journals[service], ({ record_id: recordId }) => recordId)].flatMap(([recordId, rows]) => ofRecord(`${service} ${recordId}`, rows)),
  );
}

function ofRecord(record: string, rows: Row[]): Finding[] {
  const findings: Finding[] = [];
  let before = genesis;
  let contracts = 0;
  for (const [at, row] of rows.entries()) {
    if (row.sequence !== at + 1) findings.push(wrong(`${record}: ${row.sequence} stands where ${at + 1} should`));
    if (row.contract_sequence !== null && row.contract_sequence !== (contracts += 1)) findings.push(wrong(`${record}: published events are not counted on at ${row.sequence}`));
    if (row.hash !== hashOf(before, row)) findings.push(wrong(`${record}: the chain does not hold at ${row.sequence}`));
    before = row.hash;
  }
  return findings;
}
