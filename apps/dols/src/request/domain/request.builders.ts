import type { AllocateRequest, DecideRequest, ImportRequest, PrioritiseRequest, ReceiveRequest, RecordAssessment, ScreenRequest } from './commands.js';
import { assessmentKinds, type AssessmentKind } from './codes.js';
import type {
  AssessmentRecorded,
  RequestAllocated,
  RequestDecided,
  RequestEvent,
  RequestPrioritised,
  RequestReceived,
  RequestScreened,
} from './events.js';
import type { Granted } from './parts.js';

/** Valid things to change one field of, for specs. */
export const because = { textId: 'text-1', hmac: 'hmac-1' };
export const receivedAt = '2026-07-01T09:00:00.000000Z';
export const later = '2026-07-10T10:00:00.000000Z';
const [by, urgentExpiresOn] = ['officer-1', null];

export const receive: ReceiveRequest = {
  type: 'ReceiveRequest',
  at: receivedAt,
  by: null,
  reference: 'DL-0000-0001',
  kind: 'new',
  urgent: false,
  urgentExpiresOn,
  setting: 'care_home_residential',
  managingAuthority: { textId: 'text-0', hmac: 'hmac-0' },
  renewalOf: null,
};
export const received: RequestReceived = { ...receive, type: 'RequestReceived' };

export const imports: ImportRequest = {
  type: 'ImportRequest',
  reference: 'WD00001',
  kind: 'new',
  urgent: null,
  setting: null,
  managingAuthority: null,
  receivedAt: '2024-03-04T10:00:00.000000Z',
  personId: 'person-1',
  ageBand: '85-94',
  priority: null,
  allocatedAt: null,
  bestInterestsAssessor: null,
  decidedAt: null,
  outcome: null,
  authorisedFrom: null,
  authorisedTo: null,
};

export const screen: ScreenRequest = {
  type: 'ScreenRequest',
  at: '2026-07-01T12:00:00.000000Z',
  by,
  factors: { physical_restraint: 'yes' },
  result: 'likely',
  reason: null,
};
export const screened: RequestScreened = { ...screen, type: 'RequestScreened', legalTest: 'multi_factor_2026_uksc_16', toLookAt: [] };

export const prioritise: PrioritiseRequest = {
  type: 'PrioritiseRequest',
  at: '2026-07-02T09:00:00.000000Z',
  by,
  band: 'high',
  reason: because,
};
export const prioritised: RequestPrioritised = { ...prioritise, type: 'RequestPrioritised' };

export const allocate: AllocateRequest = {
  type: 'AllocateRequest',
  at: '2026-07-03T09:00:00.000000Z',
  by,
  bestInterestsAssessor: 'bia-1',
  mentalHealthAssessor: 'doctor-1',
};
export const allocated: RequestAllocated = { ...allocate, type: 'RequestAllocated' };

const byDoctor: readonly AssessmentKind[] = ['mental_capacity', 'mental_health', 'eligibility'];

/** A recorded assessment of a kind, met unless said otherwise. */
export function anAssessment(assessment: AssessmentKind, change: Partial<AssessmentRecorded> = {}): AssessmentRecorded {
  const assessor = byDoctor.includes(assessment) ? 'doctor-1' : 'bia-1';
  const made = { assessment, result: 'met', assessor, assessedOn: '2026-07-08', equivalent: null } as const;
  return { type: 'AssessmentRecorded', at: later, by, ...made, legalTest: 'multi_factor_2026_uksc_16', ...change };
}

/** The command for it. */
export function assess(assessment: AssessmentKind, change: Partial<RecordAssessment> = {}): RecordAssessment {
  const { legalTest: _legalTest, ...made } = anAssessment(assessment);
  return { ...made, type: 'RecordAssessment', ...change };
}

export const granting: Granted = {
  outcome: 'granted',
  authorisedFrom: '2026-07-13',
  authorisedTo: '2027-07-12',
  conditions: [],
  representative: { appointed: 'unpaid', name: { textId: 'text-2', hmac: 'hmac-2' } },
};
const deciding = { at: '2026-07-13T15:00:00.000000Z', by: 'signatory-1', reason: because };
export const grant: DecideRequest & Granted = { type: 'DecideRequest', ...deciding, ...granting };
export const granted: RequestDecided & Granted = { ...grant, type: 'RequestDecided', legalTest: 'multi_factor_2026_uksc_16' };
export const withdraw: DecideRequest = {
  type: 'DecideRequest',
  ...deciding,
  outcome: 'withdrawn',
  source: { from: 'managing_authority', on: '2026-07-12', words: null },
};

export const onTheWay: RequestEvent[] = [received, screened, prioritised, allocated];
export const assessed: RequestEvent[] = [...onTheWay, ...assessmentKinds.map((kind) => anAssessment(kind))];
export const authorised: RequestEvent[] = [...assessed, granted];
