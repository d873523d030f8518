import type { TextRef } from '#libs/decider';

import type { ConcludeEnquiry, ImportEnquiry } from './enquiry-commands.js';
import type { EnquiryAllocated, EnquiryConcluded, EnquiryOpened } from './enquiry-events.js';
import type { RiskFinding } from './risk-findings.js';

export const MONDAY = '2026-06-01T09:00:00.000000Z';
export const TUESDAY = '2026-06-02T09:00:00.000000Z';
export const WEDNESDAY = '2026-06-03T09:00:00.000000Z';
export const THURSDAY = '2026-06-04T09:00:00.000000Z';

/** Words that are kept elsewhere. */
export const words = (textId: string): TextRef => ({ textId, hmac: `hmac of ${textId}` });

/** An enquiry that the first decision on its concern has opened. */
export function anEnquiry(change: Partial<EnquiryOpened> = {}): EnquiryOpened {
  return { type: 'EnquiryOpened', at: MONDAY, concernId: 'concern-1', kind: 's42', decision: 1, reference: 'SE-0001', legacy: false, ...change };
}

/** Given to a worker by a manager. */
export function anAllocation(change: Partial<EnquiryAllocated> = {}): EnquiryAllocated {
  return { type: 'EnquiryAllocated', at: TUESDAY, worker: 'worker-1', team: 'community_north', by: 'manager-1', legacy: false, ...change };
}

/** A risk that was found and is gone. */
export function aRisk(change: Partial<RiskFinding> = {}): RiskFinding {
  return {
    typeOfRisk: 'physical',
    sourceOfRisk: 'known_to_individual',
    location: 'own_home',
    riskAssessmentOutcome: 'A1',
    riskOutcome: 'removed',
    ...change,
  };
}

/** A conclusion to be drawn, whole. */
export function aConclusion(change: Partial<ConcludeEnquiry> = {}): ConcludeEnquiry {
  return {
    type: 'ConcludeEnquiry',
    at: WEDNESDAY,
    decidedBy: 'manager-1',
    outcomesAsked: 'asked_and_expressed',
    whyNotAsked: null,
    outcomesAchieved: 'fully_achieved',
    mentalCapacity: 'has_capacity',
    advocate: null,
    risks: [aRisk()],
    action: { isNeeded: true, words: words('what and by whom') },
    sarReferral: false,
    qualityCheckedBy: null,
    ...change,
  };
}

/** That conclusion, drawn. */
export function concluded(change: Partial<EnquiryConcluded> = {}): EnquiryConcluded {
  const { at, outcomesAsked, whyNotAsked, outcomesAchieved, mentalCapacity, advocate, risks, sarReferral, decidedBy } = aConclusion();
  return {
    type: 'EnquiryConcluded',
    at,
    outcomesAsked,
    whyNotAsked,
    outcomesAchieved,
    mentalCapacity,
    advocate,
    riskOutcome: 'removed',
    risks,
    action: { isNeeded: true, words: words('what and by whom') },
    sarReferral,
    qualityCheckedBy: null,
    decidedBy,
    legacy: false,
    ...change,
  };
}

/** A record from another system, concluded there. */
export function aLegacyEnquiry(change: Partial<ImportEnquiry> = {}): ImportEnquiry {
  return {
    type: 'ImportEnquiry',
    at: TUESDAY,
    concernId: 'concern-1',
    kind: 's42',
    decision: 1,
    reference: 'WE00001',
    conductedBy: 'local_authority',
    allocationInWords: words('who had it'),
    allocatedAt: WEDNESDAY,
    concludedAt: THURSDAY,
    outcomesAsked: 'not_asked',
    outcomesAchieved: null,
    mentalCapacity: 'lacks_capacity',
    advocate: true,
    riskOutcome: 'reduced',
    ...change,
  };
}
