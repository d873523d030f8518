import type { Standing, Tx } from '#libs/journal';
import type { Person } from '../domain/state.js';
import type { Acquaintance } from './person-file.js';

/** A person without the records about them that are restricted and not open to whoever asks. */
export async function shown(tx: Tx, acquaintance: Acquaintance, standing: Standing<Person>): Promise<Standing<Person>> {
  const { state } = standing;
  if (!('claims' in state) || state.claims.length === 0) return standing;
  const hidden = await acquaintance.hidden(tx, state.claims.map(({ recordId }) => recordId));
  return { ...standing, state: { ...state, claims: state.claims.filter(({ recordId }) => !hidden.has(recordId)) } };
}
