import type { BecomeKnownTo, ImportPerson, KeepClaim, RegisterPerson } from './commands.js';
import type { BecameKnownTo, PersonEvent } from './events.js';
import { known } from './refusals.js';
import type { Known, Person } from './state.js';

/** Begins a person, with what may be counted. No authority knows them until one of its records names them. */
export function registerPerson(command: RegisterPerson, state: Person): PersonEvent[] {
  return state.status === 'absent' ? [{ ...command, type: 'PersonRegistered' }] : [];
}

/** Takes a person from an old system, once. */
export function importPerson(command: ImportPerson, state: Person): PersonEvent[] {
  return state.status === 'absent' ? [{ ...command, type: 'PersonImported', legacy: true }] : [];
}

/** Keeps what a record said about this person. The record is told who it is about, and its authority knows them. */
export function keepClaim(command: KeepClaim, state: Person): PersonEvent[] {
  if ('claims' in state && [...state.claims, ...state.letGo].some(({ recordId }) => recordId === command.recordId)) return [];
  const found = known(state);
  return [...knownTo(command, found), { ...command, type: 'PersonIdentified' }];
}

/** Makes a person known to an authority whose record names them. */
export function becomeKnownTo(command: BecomeKnownTo, state: Person): PersonEvent[] {
  if ('authorities' in state && state.authorities.includes(command.authority)) return [];
  return knownTo(command, known(state));
}

function knownTo({ at, authority }: Pick<BecomeKnownTo, 'at' | 'authority'>, state: Known): BecameKnownTo[] {
  return state.authorities.includes(authority) ? [] : [{ type: 'BecameKnownTo', at, authority }];
}
