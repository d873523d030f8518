import type { Happened, Tx } from '#libs/journal';
import type { PersonEvent } from '../../domain/events.js';
import type { Person } from '../../domain/state.js';

/** What a record said of its person goes with that record, and with a person all that is kept of them and by which they are found. Their key goes as that of any record does, and the row that they were imported with by whoever disposes of them. */
export async function forget(tx: Tx, changes: Happened<Person, PersonEvent>[]): Promise<void> {
  const letGo = changes.flatMap(({ after, events }) => events.flatMap((event) => (event.type === 'RecordLetGo' ? [{ personId: after.recordId, recordId: event.recordId }] : [])));
  if (letGo.length > 0) await forgetClaims(tx, letGo);
  const people = changes.filter(({ after, events }) => after.state.status === 'disposed' && events.some(({ type }) => type === 'PersonDisposed')).map(({ after }) => after.recordId);
  if (people.length === 0) return;
  for (const table of ['claim', 'imported_naming', 'identity', 'person_token']) await tx.query(`delete from ${table} where person_id = any($1)`, [people]);
  await tx.query('delete from possible_match where person_id = any($1) or other_person_id = any($1)', [people]);
}

async function forgetClaims(tx: Tx, letGo: { personId: string; recordId: string }[]): Promise<void> {
  for (const table of ['claim', 'imported_naming']) {
    await tx.query(
      `delete from ${table} as kept using unnest($1::uuid[], $2::uuid[]) as gone (record_id, person_id) where kept.record_id = gone.record_id and kept.person_id = gone.person_id`,
      [letGo.map(({ recordId }) => recordId), letGo.map(({ personId }) => personId)],
    );
  }
}
