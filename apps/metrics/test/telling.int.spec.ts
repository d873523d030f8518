import * as fc from 'fast-check';
import type { AnyContract } from '#libs/contracts';
import { readTogether } from '../src/measures/adapters/sql/sql-fact-reader.js';
import { monthly, type Question } from '../src/measures/domain/question.js';
import { filling } from '../src/migrations/1795441000001-know-who-was-told.js';
import { filling as fillingWhatWasDecided } from '../src/migrations/1796000400000-know-what-was-decided.js';
import { contract } from './example-events.js';
import { MetricsDatabase } from './metrics-database.js';

const at = (day: number) => `2026-06-${String(day).padStart(2, '0')}T12:00:00.000000Z`;
const codes = { channel: null, referrerType: 'police' as const, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null, legacy: false };

/** What is told of one concern, from its receipt on; each a day after the one before. */
type Step = 'decided' | 'decided by nobody' | 'reopened' | 'told' | 'not told' | 'in error';
function story(reference: string, steps: readonly Step[], { authority = 'E06000062', isImported = false } = {}): AnyContract[] {
  const about = (day: number) => ({ reference, authority, source: 'triage', sequence: day, recordedAt: at(day) });
  const limbs = { needs: 'yes', risk: 'yes', unable: 'yes' } as const;
  const decision = { decision: 1, outcome: 's42_enquiry', limbs, notSafeguardingReason: null } as const;
  const first = isImported
    ? contract('safeguarding.concern.imported.v1', { receivedAt: at(1), ...codes, personId: null, ageBand: null, decision: { ...decision, decidedAt: at(1) } } as never, about(1))
    : contract('safeguarding.concern.received.v1', { receivedAt: at(1), ...codes }, about(1));
  return [first, ...steps.map((step, index) => {
    const day = index + 2;
    switch (step) {
      case 'decided':
      case 'decided by nobody': return contract('safeguarding.concern.triaged.v1', { ...decision, decidedAt: at(day) }, { ...about(day), actor: step === 'decided' ? 'staff-1' : null });
      case 'reopened': return contract('safeguarding.concern.reopened.v1', { reopenedAt: at(day), previousOutcome: 's42_enquiry' }, about(day));
      case 'in error': return contract('safeguarding.concern.entered-in-error.v1', {}, about(day));
      default: return contract('safeguarding.concern.feedback-recorded.v1', { told: step === 'told', at: at(day) }, about(day));
    }
  })];
}

describe('a decision that was made here', () => {
  let metrics: MetricsDatabase;
  beforeAll(async () => {
    metrics = await MetricsDatabase.make();
  }, 60_000);
  beforeEach(() => metrics.empty());
  afterAll(() => metrics.close());

  const june = { authority: 'all', periods: monthly('2026-06-01', '2026-06-30'), asOf: '2026-06-30', knownAt: null, splitBy: null } as const;
  const asked = async (change: Partial<Question> = {}, key = 'telling_referrers') => {
    const cells = await readTogether(metrics.source, 'every', (reading) => reading.cells(key, { ...june, ...change }));
    return Object.fromEntries(cells.map(({ authority, part, values }) => [part ?? authority, values]));
  };
  const some = () => [
    ...story('first', ['decided', 'told']),
    ...story('second', ['decided', 'not told']),
    ...story('third', ['decided', 'reopened', 'decided', 'not told', 'told']),
    ...story('fourth', ['decided'], { authority: 'E06000061' }),
    ...story('fifth', [], { isImported: true }),
    ...story('sixth', ['decided', 'told', 'in error']),
  ];

  it('is counted with whether whoever raised the concern was told, and the median of how long it took', async () => {
    await metrics.take(some());
    expect(await asked()).toEqual({
      E06000062: { decisions: 4, told: 2, not_told: 1, owed: 1, median_days: 1.5 },
      E06000061: { decisions: 1, told: 0, not_told: 0, owed: 1, median_days: null },
      all: { decisions: 5, told: 2, not_told: 1, owed: 2, median_days: 1.5 },
    });
  });

  it('is as it was on an earlier day, and as it was known at an earlier time', async () => {
    await metrics.take(some());
    expect((await asked({ asOf: '2026-06-05' }))['E06000062']).toEqual({ decisions: 4, told: 1, not_told: 1, owed: 2, median_days: 1 });
    expect((await asked({ knownAt: at(3) }))['E06000062']).toEqual({ decisions: 4, told: 2, not_told: 1, owed: 1, median_days: 1 });
  });

  it('can be split by who raised the concerns', async () => {
    await metrics.take(some());
    expect(await asked({ authority: 'E06000062', splitBy: 'referrer_type' })).toMatchObject({ police: { decisions: 4 } });
  });

  describe('without a named person', () => {
    const without = (change: Partial<Question> = {}) => asked(change, 'decisions_without_named_person');

    it('is counted where there is one, and there is none', async () => {
      await metrics.take(some());
      expect(await without()).toEqual({
        E06000062: { decisions: 4, without_named_person: 0 }, E06000061: { decisions: 1, without_named_person: 0 }, all: { decisions: 5, without_named_person: 0 },
      });
      await metrics.take(story('planted', ['decided', 'reopened', 'decided by nobody']));
      expect(await without()).toMatchObject({ E06000062: { decisions: 6, without_named_person: 1 }, all: { decisions: 7, without_named_person: 1 } });
      expect(await without({ asOf: '2026-06-03' })).toMatchObject({ E06000062: { without_named_person: 0 } });
      expect(await without({ knownAt: at(3) })).toMatchObject({ E06000062: { without_named_person: 0 } });
      expect(await without({ authority: 'E06000062', splitBy: 'referrer_type' })).toMatchObject({ police: { decisions: 6, without_named_person: 1 } });
    });

    it('is the same in whatever order and however often it is told', async () => {
      const planted = story('planted', ['decided by nobody', 'reopened', 'decided']);
      await metrics.take(planted);
      const rows = () => metrics.all.query('select * from telling_fact t order by t::text');
      const expected = await rows();
      await metrics.empty();
      await metrics.take([...planted.toReversed(), ...planted], 1);
      expect(await rows()).toEqual(expected);
      expect(await metrics.all.query('select nth, has_decider from telling_fact where known_until is null order by nth')).toEqual([{ nth: 1, has_decider: false }, { nth: 2, has_decider: true }]);
    });

    it('has no figure where that was not kept yet, in its month alone', async () => {
      await metrics.take(some());
      await metrics.asOwner(`set search_path = metrics; update telling_fact set has_decider = null where decided_at = '${at(4)}'`);
      expect(await without()).toMatchObject({ E06000062: { decisions: 4, without_named_person: null }, E06000061: { decisions: 1, without_named_person: 0 }, all: { without_named_person: null } });
      expect(await without({ periods: monthly('2026-06-01', '2026-06-03') })).toMatchObject({ E06000062: { without_named_person: 0 } });
    });
  });

  it('leaves its concern undecided no more, until it is reopened', async () => {
    await metrics.take([
      ...story('nobody', []),
      ...story('decided', ['decided']),
      ...story('reopened', ['decided', 'reopened']),
      ...story('decided again', ['decided', 'reopened', 'decided']),
      ...story('in error', ['in error']),
      ...story('elsewhere', [], { authority: 'E06000061' }),
    ]);
    const undecided = (change: Partial<Question> = {}) => asked(change, 'undecided_concerns');
    expect(await undecided()).toEqual({ E06000062: { concerns: 4, undecided: 2 }, E06000061: { concerns: 1, undecided: 1 }, all: { concerns: 5, undecided: 3 } });
    expect(await Promise.all(['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04'].map(async (asOf) => (await undecided({ asOf, authority: 'E06000062' }))['E06000062']?.['undecided']))).toEqual([4, 1, 3, 2]);
    expect(await undecided({ authority: 'E06000062', splitBy: 'referrer_type' })).toMatchObject({ police: { concerns: 4, undecided: 2 } });
  });

  it('is made of events that were taken before it was measured as of those that come', async () => {
    const steps = fc.array(fc.constantFrom<Step>('decided', 'decided', 'reopened', 'told', 'not told', 'in error'), { maxLength: 6 });
    const stories = fc.sample(fc.record({ steps, isImported: fc.boolean() }), 300);
    await metrics.take(stories.flatMap(({ steps: one, isImported }, index) => story(`concern ${index}`, one, { isImported })));
    // Who decided came later, and is not in what was taken before.
    const rows = () => metrics.all.query(`select to_jsonb(t) - 'has_decider' as fact from telling_fact t order by 1`);
    const expected = await rows();
    await metrics.asOwner(`set search_path = metrics; truncate telling_fact; ${filling}; ${fillingWhatWasDecided}`);
    expect(await rows()).toEqual(expected);
  });
});
