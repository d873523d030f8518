import type { Random } from '../../oracle/random.ts';
import { conclusion, decision, raise } from '../../line.ts';
import type { Ledger } from './ledger.ts';
import type { Member, Place } from './member.ts';

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

/** A decision under section 42, and the enquiry that it opens. */
async function decideS42({ member, ledger, canary }: Teller, authority: string, concern: Place & { id: string }): Promise<Place> {
  await member.act(staffOf('triage', authority), concern, 'triage', { limbs: limbsSaying(canary, 'yes'), circumstances: standing(canary), sarReferral: false, outcome: decision.outcome, reason: canary() });
  ledger.did('s42Enquiries');
  const found = await member.await(staffOf('manager', authority), { service: 'section42', path: `/enquiries?concernId=${concern.id}` }, (body) => body.items?.length === 1);
  return { service: 'section42', path: `/enquiries/${found.items[0].id}` };
}

/** Raised, decided under section 42, its enquiry allocated and concluded. */
const enquiry: Story = async (teller) => {
  const { member, ledger, random, canary } = teller;
  const authority = random.pick(authorities);
  const officer = staffOf('triage', authority);
  const manager = staffOf('manager', authority);
  const concern = await raiseConcern(teller, authority);
  if (random.happens(0.4)) await member.act(officer, concern, 'correct', { field: 'channel', value: 'email', reason: canary() });
  if (random.happens(0.5)) await member.await(officer, concern, (body) => body.personId !== null);
  const place = await decideS42(teller, authority, concern);
  await member.act(manager, place, 'allocate', { worker: staffOf('worker', authority), team: 'community_north' });
  await member.act(manager, place, 'conclude', { ...conclusion, action: { isNeeded: true, words: canary() } });
  ledger.did('concluded');
};

/** How the person stands. */
const standing = (canary: () => string) => ({
  protection: { answer: 'taken', words: canary() },
  mentalCapacity: { answer: 'has_capacity' },
  consent: { answer: 'refused_overridden', ground: 'others_at_risk', words: canary() },
  advocacy: { difficulties: ['weigh'], support: 'appropriate_person', words: canary() },
});

/** Raised, judged as far as it can be told, and no section 42 enquiry; whoever raised it is told. */
const noFurtherAction: Story = async (teller) => {
  const { member, random, canary } = teller;
  const authority = random.pick(authorities);
  const officer = staffOf('triage', authority);
  const concern = await raiseConcern(teller, authority);
  const { needs, risk } = limbsSaying(canary, 'no');
  await member.act(officer, concern, 'consider', { limbs: { needs, risk }, circumstances: standing(canary), leaning: { outcome: 'no_further_action', reason: canary() }, ask: { what: ['consent'], message: canary() } });
  await member.act(officer, concern, 'triage', { limbs: limbsSaying(canary, 'no'), circumstances: standing(canary), sarReferral: false, outcome: 'no_further_action', reason: canary(), notSafeguardingReason: 'quality_of_care' });
  await member.act(officer, concern, 'feedback', { told: true, message: canary() });
};

/** Opened again after its enquiry was; a manager is asked whether that goes on, and the concern decided once more. */
export const reopened: Story = async (teller) => {
  const { member, random, canary } = teller;
  const authority = random.pick(authorities);
  const [officer, manager] = [staffOf('triage', authority), staffOf('manager', authority)];
  const concern = await raiseConcern(teller, authority);
  const place = await decideS42(teller, authority, concern);
  await member.act(officer, concern, 'reopen', { reason: canary() });
  await member.await(manager, place, (body) => Boolean(body.goOnQuestion));
  await member.act(manager, place, 'go-on', { goOn: true, reason: canary() });
  await member.act(officer, concern, 'triage', { limbs: limbsSaying(canary, 'yes'), circumstances: standing(canary), sarReferral: false, outcome: decision.outcome, reason: canary() });
};

/** Should never have been recorded, as two people say after its enquiry was opened; it no longer counts. */
export const enteredInError: Story = async (teller) => {
  const { member, ledger, random, canary } = teller;
  const authority = random.pick(authorities);
  const [officer, manager] = [staffOf('triage', authority), staffOf('manager', authority)];
  const concern = await raiseConcern(teller, authority);
  const place = await decideS42(teller, authority, concern);
  await member.act(officer, concern, 'entered-in-error/propose', { reason: canary() });
  await member.act(manager, concern, 'entered-in-error/confirm', { reason: canary() });
  ledger.undid('concerns');
  ledger.undid('s42Enquiries');
  await member.await(manager, place, (body) => Boolean(body.goOnQuestion));
};

const assessments = ['age', 'no_refusals', 'mental_capacity', 'mental_health', 'eligibility', 'best_interests'];

function askForAuthorisation(teller: Teller, authority: string) {
  const { member, random, canary } = teller;
  const asked = { authority, urgent: random.happens(0.5), setting: 'care_home_residential', managingAuthority: canary(), person: aPerson(teller) };
  return member.create(staffOf('partner', authority), { service: 'dols', path: '/requests' }, asked);
}

/** A request under the Deprivation of Liberty Safeguards, from asking to granting. */
const authorisation: Story = async (teller) => {
  const { member, ledger, random, day, canary } = teller;
  const authority = random.pick(authorities);
  const staff = staffOf('dols', authority);
  const request = await askForAuthorisation(teller, authority);
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

/** Something comes in and is left for later: a concern or a request, each about a person of its own. */
export const arrival: Story = async (teller) => {
  const authority = teller.random.pick(authorities);
  await (teller.random.happens(0.5) ? raiseConcern(teller, authority) : askForAuthorisation(teller, authority));
};

/** What nothing but a concern is needed for. */
export const aboutConcerns: readonly Story[] = [enquiry, noFurtherAction];

export const stories: readonly Story[] = [enquiry, enquiry, noFurtherAction, authorisation];
