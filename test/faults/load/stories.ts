import type { Random } from '../../oracle/random.ts';
import { conclusion, decision, raise } from '../../line.ts';
import type { Ledger } from './ledger.ts';
import type { Member } from './member.ts';

/** One case as people work on it, from the first word on. */
export type Story = (teller: Teller) => Promise<void>;

export interface Teller {
  member: Member;
  ledger: Ledger;
  random: Random;
  /** The day that the services hold it to be, so many days on. */
  day(later?: number): string;
  /** A value that stands for somebody's name or words, and must turn up nowhere. */
  canary(): string;
}

const authorities = ['E06000062', 'E06000061'] as const;
const staffOf = (role: string, authority: string): string => (authority === 'E06000062' ? `staff-${role}-1` : `staff-${role}-north-1`);

function aPerson({ random, canary }: Teller) {
  const year = 1930 + random.below(70);
  return { givenName: canary(), familyName: canary(), dateOfBirth: `${year}-0${1 + random.below(9)}-1${random.below(9)}`, address: `7 ${canary()} Row`, postcode: 'NN29 7ZZ' };
}

async function raiseConcern(teller: Teller, authority: string) {
  const { member, ledger, canary } = teller;
  const wishes = { asked: 'asked_and_expressed', words: canary() };
  const concern = await member.create(staffOf('partner', authority), { service: 'triage', path: '/concerns' }, { ...raise, authority, worry: canary(), person: aPerson(teller), wishes });
  ledger.did('concerns');
  return concern;
}

const limbsSaying = (canary: () => string, unable: 'yes' | 'no') => {
  const answer = (given: string) => ({ answer: given, reason: canary() });
  return { needs: answer('yes'), risk: answer('yes'), unable: answer(unable) };
};

/** Raised, decided under section 42, its enquiry allocated and concluded. */
const enquiry: Story = async (teller) => {
  const { member, ledger, random, canary } = teller;
  const authority = random.pick(authorities);
  const officer = staffOf('triage', authority);
  const manager = staffOf('manager', authority);
  const concern = await raiseConcern(teller, authority);
  if (random.happens(0.4)) await member.act(officer, concern, 'correct', { field: 'channel', value: 'email', reason: canary() });
  if (random.happens(0.5)) await member.await(officer, concern, (body) => body.personId !== null);
  await member.act(officer, concern, 'triage', { limbs: limbsSaying(canary, 'yes'), outcome: decision.outcome, reason: canary() });
  ledger.did('s42Enquiries');
  const found = await member.await(manager, { service: 'section42', path: `/enquiries?concernId=${concern.id}` }, (body) => body.items?.length === 1);
  const place = { service: 'section42' as const, path: `/enquiries/${found.items[0].id}` };
  await member.act(manager, place, 'allocate', { worker: staffOf('worker', authority), team: 'community_north' });
  await member.act(manager, place, 'conclude', { ...conclusion, action: { isNeeded: true, words: canary() } });
  ledger.did('concluded');
};

/** Raised, and no section 42 enquiry; whoever raised it is told. */
const noFurtherAction: Story = async (teller) => {
  const { member, random, canary } = teller;
  const authority = random.pick(authorities);
  const officer = staffOf('triage', authority);
  const concern = await raiseConcern(teller, authority);
  await member.act(officer, concern, 'triage', { limbs: limbsSaying(canary, 'no'), outcome: 'no_further_action', reason: canary(), notSafeguardingReason: 'quality_of_care' });
  await member.act(officer, concern, 'feedback', { told: true, message: canary() });
};

const assessments = ['age', 'no_refusals', 'mental_capacity', 'mental_health', 'eligibility', 'best_interests'];

/** A request under the Deprivation of Liberty Safeguards, from asking to granting. */
const authorisation: Story = async (teller) => {
  const { member, ledger, random, day, canary } = teller;
  const authority = random.pick(authorities);
  const staff = staffOf('dols', authority);
  const asked = { authority, urgent: random.happens(0.5), setting: 'care_home_residential', managingAuthority: canary(), person: aPerson(teller) };
  const request = await member.create(staffOf('partner', authority), { service: 'dols', path: '/requests' }, asked);
  await member.act(staff, request, 'screen', { result: 'likely', factors: { person_objects: 'yes' } });
  if (random.happens(0.3)) await member.act(staff, request, 'correct', { changes: { setting: 'care_home_nursing' }, reason: canary() });
  await member.act(staff, request, 'prioritise', { band: 'high', reason: canary() });
  await member.act(staff, request, 'allocate', { bestInterestsAssessor: 'assessor-bia-1', mentalHealthAssessor: 'assessor-doctor-1' });
  for (const assessment of assessments) {
    const assessor = assessment === 'mental_health' ? 'assessor-doctor-1' : 'assessor-bia-1';
    await member.act(staff, request, 'assess', { assessment, result: 'met', assessor, assessedOn: day() });
  }
  const representative = { appointed: 'unpaid', name: canary() };
  await member.act(staffOf('authoriser', authority), request, 'decide', { outcome: 'granted', authorisedFrom: day(), authorisedTo: day(90), representative, reason: canary() });
  ledger.did('granted');
};

export const stories: readonly Story[] = [enquiry, enquiry, noFurtherAction, authorisation];
