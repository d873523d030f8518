import { contracts } from '#libs/contracts';
import { asOlder, later } from './older.ts';

/** What may be left out since the first release: a correction says only what it corrects. */
const optionalAtFirst: Record<string, readonly string[]> = {
  'safeguarding.concern.corrected.v1': ['receivedAt', 'channel', 'referrerType', 'abuseTypes', 'locationType', 'sourceOfRisk', 'immediateRisk'],
  'safeguarding.enquiry.corrected.v1': ['openedAt', 'allocatedAt', 'concludedAt', 'conductedBy', 'outcomesAsked', 'outcomesAchieved', 'mentalCapacity', 'advocate', 'riskOutcome'],
  'safeguarding.dols-request.corrected.v1': ['receivedAt', 'kind', 'urgent', 'setting', 'decidedAt', 'authorisedFrom', 'authorisedTo'],
  'safeguarding.person.characteristics-corrected.v1': ['gender', 'ethnicity', 'primarySupportReason', 'localArea'],
  'safeguarding.organisation.corrected.v1': ['kind'],
  'safeguarding.place.corrected.v1': ['cqcLocationId', 'setting', 'localArea'],
};

const optionalNow = contracts.map(({ shape: { type, data } }) => {
  const fields: Record<string, { safeParse(value: unknown): { success: boolean } }> = data.shape;
  return [type.value, Object.keys(fields).filter((field) => fields[field]!.safeParse(undefined).success)] as const;
});

describe('what an older release told', () => {
  it.each(optionalNow)('is known for %s: a field that came later is left out when older events are tried', (type, fields) => {
    const known = [...(optionalAtFirst[type] ?? []), ...(later.find(({ contract }) => contract === type)?.fields ?? [])];
    expect(fields.toSorted()).toEqual(known.toSorted());
  });

  it('has one version of everything: with a second, a service has to be tried that reads the first', () => {
    expect(contracts.map(({ shape }) => shape.type.value).filter((type) => !type.endsWith('.v1'))).toEqual([]);
  });

  it('lacks the fields that came later and has all the others', () => {
    const told = { type: 'ConcernReopened', at: 'then', previousOutcome: 's42_enquiry', hasEnquiry: true };
    expect(asOlder(told)).toEqual({ type: 'ConcernReopened', at: 'then', previousOutcome: 's42_enquiry' });
    expect(asOlder({ type: 'ConcernTriaged', at: 'then' })).toEqual({ type: 'ConcernTriaged', at: 'then' });
  });
});
