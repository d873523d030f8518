import { createHash } from 'node:crypto';
import type { Acknowledged } from '../load/ledger.ts';
import type { Message } from './broker.ts';
import { published } from './carried.ts';
import { chains } from './chains.ts';
import { answers, effects } from './effects.ts';
import type { Finding } from './finding.ts';
import type { Journals, Row } from './journals.ts';

const record = '0198a000-0000-7000-8000-000000000001';

function rowOf(sequence: number, type: string, given: Partial<Row> = {}): Row {
  return {
    position: sequence, id: `0198a000-0000-7000-8000-00000000010${sequence}`, record_id: record, sequence, contract_sequence: sequence, type, authority: 'E06000062',
    occurred_at: '2026-06-01T09:00:00.000000Z', recorded_at: '2026-06-01T09:00:00.000000Z', actor: 'staff-triage-1', data: { b: [1, null], a: 'x' },
    traceparent: null, causation_id: null, hash: '', ...given,
  };
}

/** Hashed as the journal documents it, written out by hand. */
function chained(rows: Row[]): Row[] {
  let before: Buffer = Buffer.alloc(32);
  return rows.map((row) => {
    const text = `{"actor":"${row.actor}","authority":"E06000062","causationId":${row.causation_id ? `"${row.causation_id}"` : null},"contractSequence":${row.contract_sequence},"data":{"a":"x","b":[1,null]},"id":"${row.id}","occurredAt":"${row.occurred_at}","recordId":"${record}","recordedAt":"${row.recorded_at}","sequence":${row.sequence},"traceparent":null,"type":"${row.type}"}`;
    before = createHash('sha256').update(before).update(text).digest();
    return { ...row, hash: before.toString('hex') };
  });
}

const story = chained([rowOf(1, 'ConcernReceived'), rowOf(2, 'PersonIdentified', { causation_id: 'a message' }), rowOf(3, 'ConcernTriaged')]);
const journals = (triage: Row[]): Journals => ({ people: [], triage, section42: [], dols: [], directory: [] });
const done: Acknowledged[] = [
  { service: 'triage', recordId: record, what: 'create', from: 0, to: 1 },
  { service: 'triage', recordId: record, what: 'triage', from: 2, to: 3 },
];
const kinds = (findings: Finding[]): string[] => findings.map(({ kind }) => kind);
const message = (id: string): Message => ({ stream: 'triage', id, type: 'safeguarding.concern.received.v1', text: '' });
const carried = story.map(({ id }) => message(`${id}:v1`));

describe('the oracle of the fault suite', () => {
  it('finds nothing where nothing is wrong', () => {
    expect([...effects(done, journals(story)), ...answers(journals(story)), ...chains(journals(story)), ...published(journals(story), carried, () => false)]).toEqual([]);
  });

  it('finds an acknowledged command whose row is not there', () => {
    expect(kinds(effects(done, journals(story.slice(0, 2))))).toEqual(['lost']);
  });

  it('finds two commands that were acknowledged as one, and one that did nothing', () => {
    expect(kinds(effects([...done, done[1]!], journals(story)))).toEqual(['lost']);
    expect(kinds(effects([...done, { ...done[1]!, from: 3 }], journals(story)))).toEqual(['wrong']);
  });

  it('finds a row that nobody was told of, in a known record and in a new one', () => {
    expect(kinds(effects(done, journals([...story, rowOf(4, 'ConcernTriaged')])))).toEqual(['doubled']);
    expect(kinds(effects(done, journals([...story, rowOf(1, 'ConcernReceived', { record_id: 'another' })])))).toEqual(['doubled']);
  });

  it('finds a case that never heard whom it is about, or heard it twice', () => {
    expect(kinds(answers(journals([story[0]!, story[2]!])))).toEqual(['lost']);
    expect(answers(journals([story[0]!, rowOf(2, 'ConcernEnteredInError')]))).toEqual([]);
    expect(kinds(answers(journals([...story, story[1]!])))).toEqual(['doubled']);
  });

  it('finds a changed row, a missing one and a missing beginning by the chain', () => {
    expect(kinds(chains(journals([story[0]!, { ...story[1]!, actor: 'somebody else' }, story[2]!])))).toContain('wrong');
    expect(kinds(chains(journals([story[0]!, story[2]!])))).toContain('wrong');
    expect(kinds(chains(journals(story.slice(1))))).toContain('wrong');
  });

  it('finds an event that is in no stream, twice there, or there and in no journal', () => {
    expect(kinds(published(journals(story), carried.slice(1), () => false))).toEqual(['lost']);
    expect(kinds(published(journals(story), [...carried, carried[0]!], () => false))).toEqual(['doubled']);
    expect(kinds(published(journals(story), [...carried, message('stranger')], () => false))).toEqual(['wrong']);
    expect(published(journals(story), [...carried, message('stranger')], (id) => id === 'stranger')).toEqual([]);
  });

  it('finds an event in the stream of another service', () => {
    expect(kinds(published(journals(story), [{ ...carried[0]!, stream: 'dols' }, ...carried.slice(1)], () => false))).toEqual(['wrong']);
  });
});
