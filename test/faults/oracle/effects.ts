import type { Acknowledged } from '../load/ledger.ts';
import type { Publisher } from './expected.ts';
import { doubled, type Finding, lost, wrong } from './finding.ts';
import type { Journals, Row } from './journals.ts';

const services = ['triage', 'section42', 'dols'] as const;

/**
 * Every acknowledged command has exactly one effect: the rows from the version it saw to the version it was told. What else
 * stands in a story came with a message. A row that is neither was made by a repetition that should have changed nothing.
 */
export function effects(acknowledged: readonly Acknowledged[], journals: Journals): Finding[] {
  return services.flatMap((service) => {
    const told = Map.groupBy(acknowledged.filter((one) => one.service === service), ({ recordId }) => recordId);
    const kept = Map.groupBy(journals[service], ({ record_id: recordId }) => recordId);
    const strangers = [...kept].filter(([recordId, rows]) => !told.has(recordId) && !isImported(rows) && rows.some(isOfSomebody)).map(([recordId]) => recordId);
    return [
      ...[...told].flatMap(([recordId, commands]) => ofRecord(`${service} ${recordId}`, commands, kept.get(recordId) ?? [])),
      ...strangers.map((recordId) => doubled(`${service} ${recordId}: a record that no acknowledged command made`)),
    ];
  });
}

/** Done by a person over HTTP, rather than because of a message. */
const isOfSomebody = (row: Row): boolean => row.causation_id === null;

/** Taken from an old system's extract, which the import accounts for. */
const isImported = (rows: Row[]): boolean => rows.some(({ type, data }) => type.endsWith('Imported') || ('legacy' in data && data.legacy === true));

function ofRecord(record: string, commands: Acknowledged[], rows: Row[]): Finding[] {
  const bySequence = new Map(rows.map((row) => [row.sequence, row]));
  const claimed = new Map<number, string>();
  const findings: Finding[] = [];
  for (const { what, from, to } of commands) {
    if (to <= from) findings.push(wrong(`${record}: ${what} was acknowledged and did nothing`));
    for (let sequence = from + 1; sequence <= to; sequence += 1) {
      const row = bySequence.get(sequence);
      if (!row) findings.push(lost(`${record}: ${what} was acknowledged as ${sequence}, and no such row is there`));
      else if (claimed.has(sequence)) findings.push(lost(`${record}: ${what} and ${claimed.get(sequence)} were both acknowledged as ${sequence}`));
      else if (!isOfSomebody(row)) findings.push(lost(`${record}: ${what} was acknowledged as ${sequence}, which a message made`));
      claimed.set(sequence, what);
    }
  }
  const unclaimed = rows.filter((row) => isOfSomebody(row) && !claimed.has(row.sequence));
  return [...findings, ...unclaimed.map(({ sequence, type }) => doubled(`${record}: ${type} at ${sequence} was acknowledged to nobody`))];
}

/** Each case was told of to `people`, who answered once; each decision under section 42 opened one enquiry. */
export function answers(journals: Journals): Finding[] {
  const count = (service: Publisher, type: string) => journals[service].filter((row) => row.type === type);
  const findings: Finding[] = [];
  for (const [service, received, identified] of [['triage', 'ConcernReceived', 'PersonIdentified'], ['dols', 'RequestReceived', 'PersonIdentified']] as const) {
    const byRecord = Map.groupBy(count(service, identified), ({ record_id: recordId }) => recordId);
    // What was entered in error before the answer came is about nobody any more.
    const inError = new Set(journals[service].filter(({ type }) => type.endsWith('EnteredInError')).map(({ record_id: recordId }) => recordId));
    for (const { record_id: recordId } of count(service, received)) {
      const times = byRecord.get(recordId)?.length ?? 0;
      if (times === 0 && !inError.has(recordId)) findings.push(lost(`${service} ${recordId}: was never told whom it is about`));
      if (times > 1) findings.push(doubled(`${service} ${recordId}: was told ${times} times whom it is about`));
    }
  }
  return findings;
}
