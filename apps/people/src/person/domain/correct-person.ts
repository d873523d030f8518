import type {
  ConfirmEnteredInError,
  CorrectCharacteristics,
  CorrectIdentity,
  DeclineEnteredInError,
  ProposeEnteredInError,
} from './commands.js';
import type { PersonEvent, PersonIdentified } from './events.js';
import { type Characteristics, identityFields } from './parts.js';
import { known, named, reasoned, refuse } from './refusals.js';
import type { Known, Person } from './state.js';

/** Puts right what is counted about a person. What is the same already is left out. */
export function correctCharacteristics(command: CorrectCharacteristics, state: Person): PersonEvent[] {
  const changes = different(command.changes, known(state).characteristics);
  if (Object.keys(changes).length === 0) return [];
  const [by, reason] = [named(command.by), reasoned(command.reason)];
  return [{ type: 'CharacteristicsCorrected', at: command.at, by, reason, changes }];
}

function different(changes: Partial<Characteristics>, held: Characteristics): Partial<Characteristics> {
  const left = { ...changes };
  if (left.gender === held.gender) delete left.gender;
  if (left.ethnicity === held.ethnicity) delete left.ethnicity;
  if (left.primarySupportReason === held.primarySupportReason) delete left.primarySupportReason;
  if (left.localArea === held.localArea) delete left.localArea;
  return left;
}

/** Records that an identity was put right, by whom and why. A record whose person's age band has changed is told. */
export function correctIdentity(command: CorrectIdentity, state: Person): PersonEvent[] {
  const found = known(state);
  const fields = identityFields.filter((field) => command.fields.includes(field));
  if (fields.length === 0) return [];
  const [by, reason] = [named(command.by), reasoned(command.reason)];
  const judgedAgain = found.claims.flatMap((claim) => rejudged(claim, command));
  return [{ type: 'IdentityCorrected', at: command.at, by, reason, fields }, ...judgedAgain];
}

function rejudged(claim: Known['claims'][number], command: CorrectIdentity): PersonIdentified[] {
  const { ageBand, under18 } = command.ageBands.find(({ recordId }) => recordId === claim.recordId) ?? claim;
  const isTheSame = ageBand === claim.ageBand && under18 === claim.under18;
  return isTheSame ? [] : [{ type: 'PersonIdentified', at: command.at, ...claim, ageBand, under18 }];
}

/** The first of two people says that this person should never have been entered. */
export function proposeEnteredInError(command: ProposeEnteredInError, state: Person): PersonEvent[] {
  if (state.status === 'entered-in-error') return [];
  const { errorProposal } = known(state);
  const [by, reason] = [named(command.by), reasoned(command.reason)];
  if (errorProposal?.by === by) return [];
  if (errorProposal !== null) return refuse('already-proposed', 'Somebody has proposed this already. You can confirm it.');
  return [{ type: 'EnteredInErrorProposed', at: command.at, by, reason }];
}

/** Takes the proposal back, or turns it down. */
export function declineEnteredInError(command: DeclineEnteredInError, state: Person): PersonEvent[] {
  if (known(state).errorProposal === null) return [];
  return [{ type: 'EnteredInErrorDeclined', at: command.at, by: named(command.by) }];
}

/** The second person, who has to be another one, confirms it. */
export function confirmEnteredInError(command: ConfirmEnteredInError, state: Person): PersonEvent[] {
  if (state.status === 'entered-in-error') return [];
  const { errorProposal: proposal } = known(state);
  if (proposal === null) return refuse('nothing-proposed', 'Nobody has proposed this yet. Two people are needed.');
  const by = named(command.by);
  if (by === proposal.by) return refuse('second-person-required', 'You proposed this. Somebody else has to confirm it.');
  return [{ type: 'EnteredInErrorConfirmed', at: command.at, by, proposedBy: proposal.by, reason: proposal.reason }];
}
