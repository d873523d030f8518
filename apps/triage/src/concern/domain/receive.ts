import type { Instant } from '#libs/calendar';
import { inherited, keptAlike, OPEN_TO_ALL } from '#libs/restriction';

import type { MissingItem } from './codes.js';
import type { ImportConcern, ReceiveConcern } from './concern-commands.js';
import type { ConcernEvent, LegacyDecision } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { kindsIn, type Particulars, particularsOf } from './particulars.js';
import { refuse } from './refuse.js';
import { RESTRICTED_CONCERN } from './restrict.js';
import { needsNoContradiction } from './three-limbs.js';

/** Takes a concern however incomplete, so long as something worries somebody. Consent is never asked for here. */
export function receive(command: ReceiveConcern, state: Concern): ConcernEvent[] {
  if (state.status !== 'absent') return [];
  if (!command.hasWorry)
    refuse('concern/worry-required', 'Say what worries you, even if it is only a few words. Nothing else has to be complete.');
  return [
    {
      type: 'ConcernReceived',
      at: command.at,
      reference: command.reference,
      ...particulars(command),
      hasContact: command.hasContact,
      ...(command.followedBy === undefined ? {} : { followedBy: command.followedBy }),
      toChase: toChase(command),
      account: command.account,
    },
  ];
}

/** Takes a record from another system with its history. What was decided there is noted as that and decides nothing here. */
export function importLegacy(command: ImportConcern, state: Concern): ConcernEvent[] {
  if (state.status !== 'absent') return [];
  const { at, reference, account, person, decision, restricted, kept } = command;
  if (decision) needsSenseOf(decision, at);
  return [{ type: 'ConcernImported', at, reference, ...particulars(command), account, person, decision }, ...inherited(restricted, RESTRICTED_CONCERN), ...(kept ? keptAlike(OPEN_TO_ALL, kept, RESTRICTED_CONCERN) : [])];
}

function needsSenseOf(decision: LegacyDecision, receivedAt: Instant): void {
  if (decision.at < receivedAt)
    refuse('concern/decided-before-received', 'This record was decided before it was received. Check both times.');
  needsNoContradiction(decision.limbs, decision.outcome);
}

function particulars(given: Particulars): Particulars {
  return particularsOf({ ...given, abuseTypes: [...new Set(given.abuseTypes)] });
}

function toChase(command: ReceiveConcern): MissingItem[] {
  const found = new Set(command.missing);
  if (kindsIn(command).length === 0) found.add('abuse_types');
  if (command.locationType === null) found.add('location_type');
  if (command.sourceOfRisk === null) found.add('source_of_risk');
  if (command.immediateRisk === null) found.add('immediate_risk');
  if (!command.hasContact) found.add('referrer_contact');
  return [...found];
}
