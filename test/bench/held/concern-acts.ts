import type { Instant } from '#libs/calendar';
import type { Words } from '#libs/journal';
import { shortReference } from '#libs/platform';
import { NOTHING_SAID } from '#apps/triage/src/concern/domain/circumstances';
import type { AbuseType, Channel, LocationType, MissingItem, NotSafeguardingReason, Outcome, ReferrerType, SourceOfRisk } from '#apps/triage/src/concern/domain/codes';
import type { ConcernCommand, IdentifyPerson, ReceiveConcern, TriageConcern } from '#apps/triage/src/concern/domain/concern';
import type { LimbName } from '#apps/triage/src/concern/domain/three-limbs';
import type { WishesAnswer } from '#apps/triage/src/concern/domain/wishes';
import { concernCells, end, type Plan, randomOf, waited } from '../../oracle/invented.ts';
import type { Random } from '../../oracle/random.ts';
import { type Act, codeIn, instantOf, momentIn, type Owned, staffOf } from './acts.ts';
import { recordIdOf } from './ids.ts';
import { account, remark } from './said.ts';

/** A concern that is held: what was invented of it, and how it went. */
export interface HeldConcern extends Owned {
  authority: string;
  number: number;
  /** The number of the person whom it is about. */
  person: number;
  receivedAt: number;
  decidedAt: number | undefined;
  outcome: Outcome | null;
  cells: Record<string, string>;
}

/** What `people` told of whom a record is about. */
export interface Known {
  at: Instant;
  personId: string;
  personSequence: number;
  ageBand: IdentifyPerson['ageBand'];
  /** The message that told it. */
  because: string;
}

/** The concern of a number: the same for the same plan. */
export function heldConcern(plan: Plan, number: number): HeldConcern {
  const cells = concernCells(plan, number);
  const receivedAt = momentIn(cells['received_at'])!;
  return {
    id: recordIdOf(plan, 'concern', number, receivedAt),
    authority: cells['authority']!,
    number,
    person: Number(cells['person_ref']!.slice(plan.mark.length + 1)),
    receivedAt,
    decidedAt: momentIn(cells['triaged_at']),
    outcome: codeIn<Outcome>(cells['triage_outcome']),
    cells,
  };
}

/** What may be missing when it comes in, and how often in a thousand. */
const missing: [MissingItem, number][] = [['person_date_of_birth', 60], ['person_address', 150], ['when_it_happened', 220], ['action_taken', 180], ['wishes', 300], ['consent', 260]];
const accounts = 288;

/** How it came in. */
export function receipt(plan: Plan, concern: HeldConcern): Act<ReceiveConcern> {
  const { cells } = concern;
  const random = randomOf(plan.seed, 6, concern.number);
  return {
    at: instantOf(concern.receivedAt),
    by: `partner-account-${random.below(accounts)}`,
    make: (words) => ({
      type: 'ReceiveConcern',
      at: instantOf(concern.receivedAt),
      reference: shortReference('SC', concern.id),
      channel: codeIn<Channel>(cells['channel']),
      referrerType: codeIn<ReferrerType>(cells['referrer_type']),
      abuseTypes: cells['abuse_types']!.split(';') as AbuseType[],
      locationType: codeIn<LocationType>(cells['location_type']),
      sourceOfRisk: codeIn<SourceOfRisk>(cells['source_of_risk']),
      immediateRisk: cells['immediate_risk'] === 'yes',
      hasWorry: true,
      hasContact: true,
      missing: missing.flatMap(([item, often]) => (random.happens(often / 1_000) ? [item] : [])),
      account: words.keep(JSON.stringify({ worry: account(random), referrer: { organisation: cells['referrer_org'], email: 'somebody@example.org' }, details: {} })),
    }),
  };
}

/** What happened to it once it was known whom it is about. */
export function handling(plan: Plan, concern: HeldConcern, known: Known): Act<ConcernCommand>[] {
  const random = randomOf(plan.seed, 6, -concern.number);
  const acts: Act<ConcernCommand>[] = [identifying(known)];
  const { receivedAt, decidedAt, authority, number } = concern;
  const officer = staffOf('triage', authority, number);
  if (decidedAt !== undefined || random.happens(0.6)) acts.push(assigning(receivedAt + ((decidedAt ?? end) - receivedAt) * 0.3, officer));
  if (decidedAt === undefined) return acts;
  acts.push({ at: instantOf(decidedAt), by: officer, make: (words) => decision(concern, decidedAt, { officer, random, words }) });
  const told = telling(decidedAt, officer, random);
  return told ? [...acts, told] : acts;
}

const identifying = ({ because, ...told }: Known): Act<ConcernCommand> => ({ at: told.at, by: null, because, make: () => ({ type: 'IdentifyPerson', ...told }) });

const assigning = (ms: number, to: string): Act<ConcernCommand> => {
  const at = instantOf(Math.floor(ms));
  return { at, by: to, make: () => ({ type: 'AssignConcern', at, by: to, to }) };
};

interface Deciding {
  officer: string;
  random: Random;
  words: Words;
}

function decision({ cells, outcome }: HeldConcern, decidedAt: number, { officer, random, words }: Deciding): TriageConcern {
  const limb = (name: LimbName) => ({ answer: codeIn<'yes' | 'no'>(cells[`threshold_${name}`]), reason: words.keep(remark(random)) });
  const wish = random.weighted({ asked_and_expressed: 62, asked_not_expressed: 18, not_asked: 14, could_not_ask: 6 }) as WishesAnswer;
  const isOther = outcome === 'other_enquiry';
  return {
    type: 'TriageConcern',
    at: instantOf(decidedAt),
    limbs: { needs: limb('needs'), risk: limb('risk'), unable: limb('unable') },
    circumstances: NOTHING_SAID,
    outcome: outcome!,
    reason: words.keep(account(random)),
    decidedBy: officer,
    wishes: { answer: wish, words: wish === 'asked_not_expressed' ? null : words.keep(remark(random)) },
    otherEnquiryReason: isOther ? words.keep(remark(random)) : null,
    notSafeguardingReason: outcome === 's42_enquiry' || isOther ? null : (codeIn<NotSafeguardingReason>(cells['not_safeguarding_reason']) ?? 'care_needs_only'),
    furtherRoutes: [],
    sarReferral: random.happens(0.004),
    lot: { value: random.next(), share: 0.05 },
  };
}

/** Nearly everybody is told within days, for some it is said why not, and a few are still owed it. */
function telling(decidedAt: number, by: string, random: Random): Act<ConcernCommand> | undefined {
  const at = decidedAt + waited(random, 2);
  const why = random.weighted({ told: 90, not_told: 8, owed: 2 });
  if (at > end || why === 'owed') return undefined;
  const then = { at: instantOf(at), by };
  if (why === 'not_told') return { ...then, make: (words) => ({ type: 'RecordReferrerNotTold', ...then, reason: words.keep(remark(random)) }) };
  return { ...then, make: (words) => ({ type: 'TellReferrer', ...then, message: words.keep(remark(random)) }) };
}
