import * as fc from 'fast-check';
import type { AnyContract } from '#libs/contracts';
import type { Figures } from '../src/measures/domain/cells.js';
import { readTogether } from '../src/measures/adapters/sql/sql-fact-reader.js';
import { measures } from '../src/measures/adapters/sql/registry.js';
import { ALL, monthly, type Question } from '../src/measures/domain/question.js';
import { filling } from '../src/migrations/1796000400000-know-what-was-decided.js';
import { contract } from './example-events.js';
import { MetricsDatabase } from './metrics-database.js';

const FIRST = Date.UTC(2026, 4, 1, 12);
const DAY = 86_400_000;
const at = (day: number) => `${new Date(FIRST + day * DAY).toISOString().slice(0, -1)}000Z`;
const dayOf = (day: number) => at(day).slice(0, 10);
const authorities = ['E06000061', 'E06000062'] as const;
const referrers = ['police', 'self'] as const;
const answers = ['asked_and_expressed', 'asked_not_expressed', 'not_asked', 'could_not_ask'] as const;
const outcomes = ['s42_enquiry', 'other_enquiry', 'quality_team', 'no_further_action'] as const;
const reasons = ['care_needs_only', 'already_known', null] as const;
const codes = { channel: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null };

interface Decided { outcome: (typeof outcomes)[number]; reason: (typeof reasons)[number]; sar?: boolean | undefined }
/** What is told of one concern after its receipt; `after`: so many days after what was told before. */
type Step = { after: number } & ({ told: 'wishes'; answer: (typeof answers)[number] } | ({ told: 'decided' } & Decided) | { told: 'reopened' } | { told: 'in error' });
interface Story { authority: (typeof authorities)[number]; referrerType: (typeof referrers)[number]; received: number; imported: Decided | null; steps: Step[] }

const decision = fc.record({ outcome: fc.constantFrom(...outcomes), reason: fc.constantFrom(...reasons), sar: fc.constantFrom(true, false, undefined) });
const after = fc.integer({ min: 1, max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ after, told: fc.constant('wishes' as const), answer: fc.constantFrom(...answers) }) },
  { weight: 5, arbitrary: fc.tuple(after, decision).map(([days, decided]) => ({ after: days, told: 'decided' as const, ...decided })) },
  { weight: 2, arbitrary: fc.record({ after, told: fc.constant('reopened' as const) }) },
  { weight: 1, arbitrary: fc.record({ after, told: fc.constant('in error' as const) }) },
);
const aStory: fc.Arbitrary<Story> = fc.record({
  authority: fc.constantFrom(...authorities), referrerType: fc.constantFrom(...referrers), received: fc.nat(70),
  imported: fc.option(decision, { freq: 4 }), steps: fc.array(step, { maxLength: 6 }),
});

const dated = ({ received, steps }: Story): (Step & { day: number })[] => {
  let day = received;
  return steps.map((one) => ({ ...one, day: (day += one.after) }));
};

function eventsOf(story: Story, reference: string): AnyContract[] {
  const { authority, referrerType, received, imported } = story;
  const about = (sequence: number, day: number) => ({ reference, authority, source: 'triage', sequence, recordedAt: at(day) });
  const limbs = { needs: null, risk: null, unable: null };
  const judged = ({ outcome, reason }: Decided) => ({ decision: 1, outcome, limbs, notSafeguardingReason: reason });
  const first = imported
    ? contract('safeguarding.concern.imported.v1', { receivedAt: at(received), ...codes, referrerType, personId: null, ageBand: null, decision: { ...judged(imported), decidedAt: at(received) } }, about(1, received))
    : contract('safeguarding.concern.received.v1', { receivedAt: at(received), ...codes, referrerType }, about(1, received));
  return [first, ...dated(story).map((one, index) => {
    const place = about(index + 2, one.day);
    switch (one.told) {
      case 'wishes': return contract('safeguarding.concern.wishes-recorded.v1', one.answer === 'could_not_ask' ? { outcomesAsked: 'not_asked', couldNotAsk: true } : { outcomesAsked: one.answer }, place);
      case 'decided': return contract('safeguarding.concern.triaged.v1', { ...judged(one), decidedAt: at(one.day), ...(one.sar !== undefined && { sarReferral: one.sar }) }, place);
      case 'reopened': return contract('safeguarding.concern.reopened.v1', { reopenedAt: at(one.day), previousOutcome: 's42_enquiry' }, place);
      case 'in error': return contract('safeguarding.concern.entered-in-error.v1', {}, place);
    }
  })];
}

/** The same measures, worked out step by step from what happened and from nothing that is kept. */
type Recount = (stories: readonly Story[], period: { from: string; to: string }, asOf: string) => Record<string, number | null>;
const isHere = (story: Story): boolean => story.steps.every(({ told }) => told !== 'in error');
const isWithin = (day: number, { from, to }: { from: string; to: string }): boolean => dayOf(day) >= from && dayOf(day) <= to;

interface Made extends Decided { day: number; wishes: string | null; isHere: boolean }
function decisionsBy(story: Story, asOf: string): Made[] {
  const made: Made[] = story.imported && dayOf(story.received) <= asOf ? [{ ...story.imported, day: story.received, wishes: null, isHere: false }] : [];
  let wishes: string | null = null;
  for (const one of dated(story)) {
    if (one.told === 'wishes') wishes = one.answer;
    if (one.told === 'decided' && dayOf(one.day) <= asOf) made.push({ ...one, wishes, isHere: true });
  }
  return made;
}
const times = <Value>(values: readonly Value[], value: Value): number => values.filter((one) => one === value).length;

const wishes: Recount = (stories, period, asOf) => {
  const latest = stories.flatMap((story) => decisionsBy(story, asOf).slice(-1)).filter((one) => one.isHere && isWithin(one.day, period)).map((one) => one.wishes);
  const [expressed, declined, not_asked, could_not_ask] = answers.map((answer) => times(latest, answer));
  return { decided: latest.length, expressed: expressed!, declined: declined!, could_not_ask: could_not_ask!, not_asked: not_asked!, not_recorded: times(latest, null) };
};
const whyNot: Recount = (stories, period, asOf) => {
  const received = stories.filter((story) => isWithin(story.received, period) && dayOf(story.received) <= asOf);
  const none = received.flatMap((story) => decisionsBy(story, asOf).slice(-1)).filter(({ outcome }) => !outcome.endsWith('_enquiry')).map(({ reason }) => reason);
  return {
    ...measures.get('not_safeguarding_reasons')!.nothing, concerns: received.length, no_enquiry: none.length,
    care_needs_only: times(none, 'care_needs_only'), already_known: times(none, 'already_known'), none_given: times(none, null),
  };
};
const reviews: Recount = (stories, period, asOf) => {
  const said = stories.map((story) => decisionsBy(story, asOf).filter((one) => one.isHere && isWithin(one.day, period)).map(({ sar }) => sar));
  return { decisions: said.flat().length, referred: said.filter((one) => one.includes(true)).length, not_said: times(said.flat(), undefined) };
};
const oldest: Recount = (stories, { to }, asOf) => {
  const last = to < asOf ? to : asOf;
  const since = stories.flatMap((story) => {
    let waits: number | null = story.imported ? null : story.received;
    if (dayOf(story.received) > last) return [];
    for (const one of dated(story).filter(({ day }) => dayOf(day) <= last)) {
      if (one.told === 'decided') waits = null;
      if (one.told === 'reopened') waits ??= one.day;
    }
    return waits ?? [];
  });
  // The end of a London day in summer is 23:00, and everything happens at noon.
  const end = (Date.parse(`${last}T23:00:00Z`) - FIRST) / DAY;
  return { waiting: since.length, oldest_days: since.length === 0 ? null : Math.round((end - Math.min(...since)) * 100) / 100 };
};
const recounts: Record<string, Recount> = { wishes_at_triage: wishes, not_safeguarding_reasons: whyNot, safeguarding_adult_review_referrals: reviews, oldest_waiting: oldest };

describe('what was decided', () => {
  let metrics: MetricsDatabase;
  beforeAll(async () => {
    metrics = await MetricsDatabase.make();
  }, 60_000);
  beforeEach(() => metrics.empty());
  afterAll(() => metrics.close());

  const asked = async (key: string, question: Partial<Question>) => {
    const whole: Question = { authority: ALL, periods: monthly('2026-05-01', '2026-06-30'), asOf: '2026-06-30', knownAt: null, splitBy: null, ...question };
    const cells = await readTogether(metrics.source, 'every', (reading) => reading.cells(key, whole));
    return (authority: string, period: number, part: string | null = null): Figures =>
      cells.find((cell) => cell.authority === authority && cell.period === period && cell.part === part)?.values ?? measures.get(key)!.nothing;
  };

  it.each(Object.keys(recounts))('is counted as %s as a plain recount counts it, of each authority and all, as of any day and by who raised it', async (key) => {
    const stories = fc.sample(aStory, 250).filter(isHere);
    await metrics.take(stories.flatMap((story, index) => eventsOf(story, `concern ${index}`)));
    for (const asOf of [dayOf(17), dayOf(45), dayOf(90), dayOf(150)]) {
      const periods = monthly('2026-05-01', asOf);
      const [whole, split] = [await asked(key, { periods, asOf }), await asked(key, { periods, asOf, splitBy: 'referrer_type' })];
      for (const [at, period] of periods.entries()) {
        for (const authority of [...authorities, ALL]) {
          const own = stories.filter((story) => authority === ALL || story.authority === authority);
          expect([asOf, authority, whole(authority, at)]).toEqual([asOf, authority, recounts[key]!(own, period, asOf)]);
          for (const part of referrers) expect([part, split(authority, at, part)]).toEqual([part, recounts[key]!(own.filter(({ referrerType }) => referrerType === part), period, asOf)]);
        }
      }
    }
  }, 60_000);

  const one: Story = { authority: 'E06000062', referrerType: 'self', received: 0, imported: null, steps: [
    { after: 1, told: 'wishes', answer: 'could_not_ask' },
    { after: 1, told: 'decided', outcome: 'no_further_action', reason: 'care_needs_only', sar: true },
    { after: 2, told: 'reopened' },
    { after: 1, told: 'wishes', answer: 'asked_and_expressed' },
    { after: 1, told: 'decided', outcome: 's42_enquiry', reason: null, sar: false },
  ] };
  const known = async (key: string, day: number) => (await asked(key, { knownAt: at(day), periods: monthly('2026-05-01', '2026-05-31'), asOf: '2026-05-31' }))('E06000062', 0);

  it('is as it was known at an earlier time', async () => {
    await metrics.take(eventsOf(one, 'one'));
    expect(await Promise.all([1, 2, 6].map((day) => known('wishes_at_triage', day)))).toMatchObject([{ decided: 0 }, { decided: 1, could_not_ask: 1, expressed: 0 }, { decided: 1, could_not_ask: 0, expressed: 1 }]);
    expect(await Promise.all([1, 2, 6].map((day) => known('not_safeguarding_reasons', day)))).toMatchObject([{ concerns: 1, no_enquiry: 0 }, { no_enquiry: 1, care_needs_only: 1 }, { concerns: 1, no_enquiry: 0 }]);
    expect(await Promise.all([1, 2, 6].map((day) => known('safeguarding_adult_review_referrals', day)))).toEqual([{ decisions: 0, referred: 0, not_said: 0 }, { decisions: 1, referred: 1, not_said: 0 }, { decisions: 2, referred: 1, not_said: 0 }]);
    expect(await Promise.all([1, 2, 4, 6].map((day) => known('oldest_waiting', day)))).toEqual([{ waiting: 1, oldest_days: 30.46 }, { waiting: 0, oldest_days: null }, { waiting: 1, oldest_days: 26.46 }, { waiting: 0, oldest_days: null }]);
  });

  it('counts no concern that was entered in error, from when that is known', async () => {
    await metrics.take(eventsOf({ ...one, steps: [...one.steps, { after: 1, told: 'in error' }] }, 'one'));
    for (const [key, count] of [['wishes_at_triage', 'decided'], ['not_safeguarding_reasons', 'concerns'], ['safeguarding_adult_review_referrals', 'decisions'], ['oldest_waiting', 'waiting']] as const)
      expect([(await asked(key, {}))('E06000062', 0)[count], (await known(key, 4))[count]]).toEqual([0, 1]);
  });

  it('is the same in whatever order and however often it is told', async () => {
    const stories = fc.sample(aStory, 30).map((story, index) => eventsOf(story, `concern ${index}`));
    await metrics.take(stories.flat());
    const expected = await metrics.everything();
    await metrics.empty();
    await metrics.take([...stories.flat().toReversed(), ...stories.flat()], 7);
    expect(await metrics.everything()).toEqual(expected);
  });

  it('is made of events that were taken before it was measured as of those that come', async () => {
    // Older events neither tell that nobody could ask, nor what goes to the board.
    const older = fc.sample(aStory, 300).map((story): Story => ({ ...story, steps: story.steps.map((each) => (each.told === 'wishes' && each.answer === 'could_not_ask' ? { ...each, answer: 'not_asked' } : each.told === 'decided' ? { ...each, sar: undefined } : each)) }));
    await metrics.take(older.flatMap((story, index) => eventsOf(story, `concern ${index}`)));
    const expected = await metrics.everything();
    await metrics.asOwner('set search_path = metrics; update concern_fact set not_safeguarding_reason = null; update telling_fact set replaced_at = null, wishes = null, sar_referral = null');
    expect(await metrics.everything()).not.toEqual(expected);
    await metrics.asOwner(`set search_path = metrics; ${filling}`);
    expect(await metrics.everything()).toEqual(expected);
  });
});
