import { Random } from './random.ts';
import { weights } from './weights.ts';

/** How many rows there will be, the seed they come from, and what their references begin with. */
export interface Plan {
  seed: number;
  mark: string;
  people: number;
  concerns: number;
  dols: number;
  unlike?: Unlike;
}

/** Where it is not to be as the example. */
export interface Unlike {
  weights?: Partial<Record<keyof typeof weights, Record<string, number>>>;
  /** The first day of all. */
  from?: number;
  /** Of the last tenth of the concerns, the share that nobody has decided, and of those that were, the share whose enquiry nobody has. */
  backlog?: { undecided: number; unallocated: number };
}

type Cells = Record<string, string>;

const day = 86_400_000;
const firstConcern = Date.UTC(2023, 0, 1);
const firstApplication = Date.UTC(2021, 6, 1);
/** Nothing that is invented happens later. */
export const end = Date.UTC(2025, 6, 31, 22, 59, 59);

const weighed = ({ unlike }: Plan, what: keyof typeof weights): Record<string, number> => unlike?.weights?.[what] ?? weights[what];

/** Shares the rows out as the example does; an enquiry for every concern that became one, and applications for what is left. */
export function planOf(rows: number, seed: number, mark = ''): Plan {
  const people = Math.max(1, Math.round(rows * 0.4));
  const plan = { seed, mark, people, concerns: Math.round(rows * 0.36), dols: 0 };
  let enquiries = 0;
  for (let number = 1; number <= plan.concerns; number += 1) enquiries += triageOf(plan, number).outcome === 's42_enquiry' ? 1 : 0;
  return { ...plan, dols: Math.max(0, rows - people - plan.concerns - enquiries) };
}

export function personCells(plan: Plan, number: number): Cells {
  const random = randomOf(plan.seed, 1, number);
  const born = new Date(Date.UTC(1918, 0, 2) + Math.sqrt(random.next()) * 84 * 365.25 * day);
  return {
    person_ref: refOf(plan, 'people', number),
    given_name: random.pick(['Winston', 'Vera', 'Yusuf', 'Tomasz', 'Ada', 'Elena', 'Jan', 'Lena', 'Irene', 'Samir', 'Zofia', 'Joyce']),
    family_name: random.pick(['Abara', 'Fenwick', 'Dawson', 'Zielinski', 'Jarvis', 'Kaur', 'Barker', 'Chowdhury', 'Norris', 'Smith', 'Varga', 'Turner']),
    date_of_birth: born.toISOString().slice(0, 10),
    nhs_number: nhsNumber(random),
    gender: random.weighted(weights.gender),
    ethnicity: random.weighted(weights.ethnicity),
    primary_support_reason: random.weighted(weights.primary_support_reason),
    postcode: random.pick(['NN1 1AA', 'NN4 5EA', 'NN2 7AL', 'NN5 7UJ', 'NN3 8RB', 'NN11 4FP', 'NN16 0AP', 'NN17 1PD']),
    local_area: random.pick(['N1', 'N2', 'N3', 'N4', 'N5', 'DSN1', 'DSN3', 'DSN4', 'Kettering', 'Wellingborough', 'Corby', 'East']),
  };
}

export function concernCells(plan: Plan, number: number): Cells {
  const { receivedAt, triagedAt, outcome } = triageOf(plan, number);
  const random = randomOf(plan.seed, 3, number);
  const isS42 = outcome === 's42_enquiry';
  const limb = (share: number) => (outcome === '' ? '' : isS42 || random.happens(share) ? 'yes' : 'no');
  const types = new Set(Array.from({ length: 1 + random.below(3) }, () => random.weighted(weights.abuse_type)));
  return {
    concern_ref: refOf(plan, 'concerns', number),
    authority: random.weighted(weighed(plan, 'authority')),
    person_ref: somebody(plan, random, 0.69),
    received_at: written(receivedAt),
    channel: random.weighted(weights.channel),
    referrer_org: `Referrer ${random.below(288)}`,
    referrer_type: random.weighted(weights.referrer_type),
    abuse_types: [...types].join(';'),
    location_type: random.weighted(weights.location_type),
    source_of_risk: random.weighted(weights.source_of_risk),
    immediate_risk: random.happens(0.11) ? 'yes' : 'no',
    narrative: `Invented account ${number}.`,
    triaged_at: triagedAt === undefined ? '' : written(triagedAt),
    triage_outcome: outcome,
    threshold_needs: limb(0.7),
    threshold_risk: limb(0.5),
    threshold_unable: outcome === '' ? '' : isS42 ? 'yes' : 'no',
    not_safeguarding_reason: outcome === '' || isS42 ? '' : random.weighted(weights.not_safeguarding_reason),
  };
}

/** The enquiry of a concern, where it became one under section 42: no other is in an extract of its own accord. */
export const enquiryCells = (plan: Plan, number: number): Cells | undefined => (triageOf(plan, number).outcome === 's42_enquiry' ? anyEnquiryCells(plan, number) : undefined);

/** The enquiry that a decided concern would have, whatever was decided. */
export function anyEnquiryCells(plan: Plan, number: number): Cells | undefined {
  const { triagedAt } = triageOf(plan, number);
  if (triagedAt === undefined) return undefined;
  const random = randomOf(plan.seed, 4, number);
  const waits = isLate(plan, number) && randomOf(plan.seed, 0, -number).happens(plan.unlike?.backlog?.unallocated ?? 0);
  const allocatedAt = waits ? undefined : within(triagedAt + waited(random, 3));
  const concludedAt = allocatedAt === undefined ? undefined : within(allocatedAt + waited(random, 60));
  const ended = (code: string) => (concludedAt === undefined ? '' : code);
  const asked = ended(random.weighted(weights.outcomes_asked));
  const capacity = ended(random.weighted(weights.mental_capacity));
  return {
    enquiry_ref: refOf(plan, 'concerns', number, 'E'),
    concern_ref: refOf(plan, 'concerns', number),
    opened_at: written(triagedAt),
    conducted_by: random.weighted(weights.conducted_by),
    team: allocatedAt === undefined ? '' : random.weighted(weights.team),
    allocated_at: allocatedAt === undefined ? '' : written(allocatedAt),
    allocated_to: allocatedAt === undefined ? '' : `SW${random.below(80)}`,
    concluded_at: concludedAt === undefined ? '' : written(concludedAt),
    outcomes_asked: asked,
    outcomes_achieved: asked === 'asked_and_expressed' ? random.weighted(weights.outcomes_achieved) : '',
    mental_capacity: capacity,
    advocate: capacity === 'lacks_capacity' ? (random.happens(0.83) ? 'yes' : 'no') : '',
    risk_outcome: ended(random.weighted(weights.risk_outcome)),
  };
}

export function applicationCells(plan: Plan, number: number): Cells {
  const random = randomOf(plan.seed, 5, number);
  const receivedAt = spread(plan.unlike?.from ?? firstApplication, number, plan.dols, random);
  const decidedAt = within(receivedAt + waited(random, 130));
  const outcome = decidedAt === undefined ? '' : random.weighted(weights.dols_outcome);
  const from = outcome === 'granted' ? new Date(decidedAt!).toISOString().slice(0, 10) : '';
  return {
    application_ref: refOf(plan, 'dols', number),
    authority: random.weighted(weighed(plan, 'authority')),
    person_ref: somebody(plan, random, 0.38),
    kind: random.weighted(weights.kind),
    urgent: random.happens(0.47) ? 'yes' : 'no',
    received_at: written(receivedAt),
    managing_authority: `Home ${random.below(178)}`,
    setting: random.weighted(weights.setting),
    priority: random.happens(0.01) ? '' : random.weighted(weights.priority),
    allocated_at: decidedAt === undefined ? '' : written(receivedAt + (decidedAt - receivedAt) / 2),
    best_interests_assessor: decidedAt === undefined ? '' : `BIA${random.below(38)}`,
    decided_at: decidedAt === undefined ? '' : written(decidedAt),
    outcome,
    authorised_from: from,
    authorised_to: from === '' ? '' : new Date(Date.parse(from) + (30 + random.below(335)) * day).toISOString().slice(0, 10),
  };
}

function triageOf(plan: Plan, number: number): { receivedAt: number; triagedAt?: number; outcome: string } {
  const random = randomOf(plan.seed, 2, number);
  const receivedAt = spread(plan.unlike?.from ?? firstConcern, number, plan.concerns, random);
  const waits = isLate(plan, number) && randomOf(plan.seed, 0, number).happens(plan.unlike?.backlog?.undecided ?? 0);
  const triagedAt = waits ? undefined : within(receivedAt + waited(random, 3));
  return triagedAt === undefined ? { receivedAt, outcome: '' } : { receivedAt, triagedAt, outcome: random.weighted(weighed(plan, 'triage_outcome')) };
}

const isLate = ({ concerns }: Plan, number: number): boolean => number > concerns * 0.9;

/** The chances of one row of a kind: the same for the same seed, whatever was drawn before. */
export function randomOf(seed: number, kind: number, number: number): Random {
  return new Random(Math.imul(seed * 8 + kind, 0x9e3779b1) ^ Math.imul(number, 0x27d4eb2f));
}

function spread(start: number, number: number, count: number, random: Random): number {
  return Math.min(end, Math.floor(start + ((number - 1 + random.next()) / count) * (end - start)));
}

/** A wait in milliseconds, most short and some long. */
export function waited(random: Random, meanDays: number): number {
  return Math.ceil(-Math.log(1 - random.next()) * meanDays * day);
}

function within(moment: number): number | undefined {
  return moment <= end ? moment : undefined;
}

/** Somebody of the first share of all people, so that some come back. */
function somebody(plan: Plan, random: Random, share: number): string {
  return refOf(plan, 'people', 1 + random.below(Math.max(1, Math.floor(plan.people * share))));
}

const letters = { people: 'P', concerns: 'C', dols: 'D' };

function refOf(plan: Plan, kind: keyof typeof letters, number: number, letter = letters[kind]): string {
  return plan.mark + letter + String(number).padStart(String(plan[kind]).length, '0');
}

/** Of the range that is never given to anyone, with its check digit. */
function nhsNumber(random: Random): string {
  for (;;) {
    const digits = `999${String(random.below(1_000_000)).padStart(6, '0')}`;
    const check = (11 - ([...digits].reduce((sum, digit, place) => sum + Number(digit) * (10 - place), 0) % 11)) % 11;
    if (check < 10) return digits + String(check);
  }
}

/** As the example writes it: to the second, with London's offset. Summer time is from the last Sunday of March to that of October, at 01:00 UTC. */
function written(moment: number): string {
  const year = new Date(moment).getUTCFullYear();
  const isSummer = moment >= lastSunday(year, 2) && moment < lastSunday(year, 9);
  return new Date(moment + (isSummer ? 3_600_000 : 0)).toISOString().slice(0, 19) + (isSummer ? '+01:00' : '+00:00');
}

function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.getTime() - last.getUTCDay() * day;
}
