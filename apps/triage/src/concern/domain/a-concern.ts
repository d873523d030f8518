import type { TextRef } from '#libs/decider';

import { type Circumstances, NOTHING_SAID } from './circumstances.js';
import type { ConcernCommand, ImportConcern, ReceiveConcern, TriageConcern } from './concern-commands.js';
import type { ConcernEvent, ConcernReceived, ConcernRouted, ConcernTriaged } from './concern-events.js';
import type { Limbs } from './three-limbs.js';

export const MONDAY = '2026-06-01T09:00:00.000000Z';
export const TUESDAY = '2026-06-02T09:00:00.000000Z';
export const WEDNESDAY = '2026-06-03T09:00:00.000000Z';

/** Words that are kept elsewhere. */
export const words = (textId: string): TextRef => ({ textId, hmac: `hmac of ${textId}` });

/** The three limbs with these answers, each with its reason. */
export function limbs(needs: Limbs['needs']['answer'], risk: Limbs['risk']['answer'], unable: Limbs['unable']['answer']): Limbs {
  return {
    needs: { answer: needs, reason: words('needs') },
    risk: { answer: risk, reason: words('risk') },
    unable: { answer: unable, reason: words('unable') },
  };
}

const PARTICULARS = {
  channel: 'online',
  referrerType: 'care_home',
  abuseTypes: ['physical'],
  locationType: 'own_home',
  sourceOfRisk: 'known_to_individual',
  immediateRisk: false,
} as const;

/** A concern as it is sent in, whole. */
export function aReceipt(change: Partial<ReceiveConcern> = {}): ReceiveConcern {
  return {
    type: 'ReceiveConcern',
    at: MONDAY,
    reference: 'SC-0001',
    ...PARTICULARS,
    abuseTypes: ['physical'],
    hasWorry: true,
    hasContact: true,
    missing: [],
    account: words('account'),
    ...change,
  };
}

/** A concern as it was taken. */
export function aConcern(change: Partial<ConcernReceived> = {}): ConcernReceived {
  return {
    type: 'ConcernReceived',
    at: MONDAY,
    reference: 'SC-0001',
    ...PARTICULARS,
    abuseTypes: ['physical'],
    hasContact: true,
    toChase: [],
    account: words('account'),
    ...change,
  };
}

/** A decision to make a section 42 enquiry, whole. */
export function aDecision(change: Partial<TriageConcern> = {}): TriageConcern {
  return {
    type: 'TriageConcern',
    at: TUESDAY,
    limbs: limbs('yes', 'yes', 'yes'),
    circumstances: NOTHING_SAID,
    outcome: 's42_enquiry',
    reason: words('reason'),
    decidedBy: 'officer-1',
    wishes: null,
    otherEnquiryReason: null,
    notSafeguardingReason: null,
    furtherRoutes: [],
    sarReferral: false,
    lot: { value: 1, share: 0.05 },
    ...change,
  };
}

/** How the person stands, whole. */
export const standing: Circumstances = {
  protection: { answer: 'not_needed', words: null },
  mentalCapacity: { answer: 'has_capacity', words: null },
  consent: { answer: 'given', ground: null, words: null },
  advocacy: { difficulties: [], support: 'not_needed', words: null },
};

/** That decision, made. */
export function aTriage(change: Partial<ConcernTriaged> = {}): ConcernTriaged {
  const { wishes: _asked, circumstances: _said, lot: _drawn, ...decision } = aDecision();
  return { ...decision, outcome: 's42_enquiry', type: 'ConcernTriaged', decision: 1, decidedByInWords: null, legacy: false, ...change };
}

/** A record from another system, not decided there. */
export function aLegacyConcern(change: Partial<ImportConcern> = {}): ImportConcern {
  return {
    type: 'ImportConcern',
    at: MONDAY,
    reference: 'SC-0001',
    ...PARTICULARS,
    abuseTypes: ['physical'],
    account: words('account'),
    person: { personId: 'person-1', ageBand: '75-84' },
    decision: null,
    ...change,
  };
}

export const wishesKnown: ConcernEvent = {
  type: 'WishesRecorded',
  at: MONDAY,
  by: 'officer-1',
  wishes: { answer: 'asked_and_expressed', words: words('to stay at home') },
};

export const reopened: ConcernEvent = {
  type: 'ConcernReopened',
  at: WEDNESDAY,
  by: 'manager-1',
  previousOutcome: 's42_enquiry',
  hasEnquiry: true,
  reason: words('more came in'),
};

export const reopening: ConcernCommand = { type: 'ReopenConcern', at: WEDNESDAY, by: 'manager-1', reason: words('more came in') };

/** Where the first decision sends it. */
export const aRouting = (routes: ConcernRouted['routes'], change: Partial<ConcernRouted> = {}): ConcernRouted => ({ type: 'ConcernRouted', at: TUESDAY, decision: 1, routes, ...change });
