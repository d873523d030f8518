import { addDays } from '#libs/calendar';
import * as fc from 'fast-check';
import { duties } from './duties.js';
import { type InQueue, inOrderOfBand, weekPlan } from './queue.js';

const aBand = fc.constantFrom('high', 'medium', 'low', null);
const anAge = fc.integer({ min: 0, max: 1500 }).map((days) => `${addDays('2026-11-21', -days)}T09:00:00.000000Z`);
const aQueue = fc
  .array(fc.record({ band: aBand, receivedAt: anAge }), { maxLength: 40 })
  .map((all): InQueue[] => all.map((each, index) => ({ ...each, requestId: `request-${index}` })));
const aCapacity = fc.integer({ min: 0, max: 12 });
const aShare = fc.record({ percent: fc.integer({ min: 0, max: 100 }), carriedHundredths: fc.integer({ min: 0, max: 99 }) });
const ids = (all: readonly InQueue[]) => all.map(({ requestId }) => requestId);
const shuffled = (all: readonly InQueue[]) => fc.shuffledSubarray([...all], { minLength: all.length });

describe('the order of the queue', () => {
  it('is total and stable however the requests come', () =>
    fc.assert(
      fc.property(
        aQueue.chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        ([all, mixed]) => expect(ids(inOrderOfBand(mixed))).toEqual(ids(inOrderOfBand(all))),
      ),
    ));
  it('shows those without a priority first', () => {
    const receivedAt = '2026-01-01T00:00:00.000000Z';
    const queue = (['low', 'high', null, 'medium'] as const).map((band) => ({ band, receivedAt, requestId: `${band}` }));
    expect(ids(inOrderOfBand(queue))).toEqual(['null', 'high', 'medium', 'low']);
  });
  it('is not changed between bands by age alone', () =>
    fc.assert(
      fc.property(aQueue, (all) => {
        const order = inOrderOfBand(all).map(({ band }) => ['high', 'medium', 'low'].indexOf(band ?? ''));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    ));
});

describe('the plan of a week', () => {
  it('loses nobody, takes nobody twice and leaves no place empty', () =>
    fc.assert(
      fc.property(aQueue, aCapacity, aShare, (all, capacity, share) => {
        const { byBand, longestWaiting, later } = weekPlan(all, capacity, share);
        expect(ids([...byBand, ...longestWaiting, ...later]).toSorted()).toEqual(ids(all).toSorted());
        expect(byBand.length + longestWaiting.length).toBe(Math.min(capacity, all.length));
      }),
    ));
  it('is the same however the requests come', () =>
    fc.assert(
      fc.property(
        aQueue.chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        aCapacity,
        aShare,
        ([all, mixed], capacity, share) =>
          expect(weekPlan(mixed, capacity, share)).toEqual(weekPlan(all, capacity, share)),
      ),
    ));
  it('lets nothing but the reserved share go before a high one', () =>
    fc.assert(
      fc.property(aQueue, aCapacity, aShare, (all, capacity, share) => {
        const { byBand, longestWaiting, later } = weekPlan(all, capacity, share);
        const isHighLeft = later.some(({ band }) => band === 'high');
        expect(byBand.filter(({ band }) => isHighLeft && band !== 'high')).toEqual([]);
        expect(longestWaiting.length * 100).toBeLessThanOrEqual(capacity * share.percent + share.carriedHundredths);
      }),
    ));
  it('reaches whoever waits today, however many urgent ones arrive and however few are taken', () =>
    fc.assert(
      fc.property(aQueue, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 100 }), (all, capacity, percent) => {
        let waiting: InQueue[] = all;
        let carriedHundredths = 0;
        const weeks = Math.ceil((all.length * 100) / percent) + 1;
        for (let week = 0; week < weeks; week += 1) {
          const arrivals = [...Array(capacity).keys()].map((index): InQueue => ({
            requestId: `later-${week}-${index}`,
            band: 'high',
            receivedAt: `${addDays('2026-11-22', week)}T09:00:00.000000Z`,
          }));
          const plan = weekPlan([...waiting, ...arrivals], capacity, { percent, carriedHundredths });
          ({ later: waiting, carriedHundredths } = plan);
        }
        expect(ids(waiting).filter((id) => !id.startsWith('later-'))).toEqual([]);
      }),
      { numRuns: 50 },
    ));
});

describe('what is owed', () => {
  const watched = {
    requestId: 'request-1',
    band: 'high',
    receivedAt: '2026-07-01T09:00:00.000000Z',
    urgentExpiresOn: null,
    needsRescreening: false,
    toLookAt: [],
    nextContactOn: null,
  } as const;
  it('is nothing within the longest wait', () => expect(duties([watched], '2026-07-22')).toEqual([]));
  it('is somebody’s the day after it', () =>
    expect(duties([watched], '2026-07-23')).toEqual([
      { requestId: 'request-1', code: 'longest_wait_passed', band: 'high', since: '2026-07-23', owedBy: 'dols_team_manager' },
    ]));
  it('comes soonest to those without a priority', () =>
    expect(duties([{ ...watched, band: null }], '2026-07-04')).toMatchObject([
      { band: 'to_be_prioritised', owedBy: 'dols_duty_officer' },
    ]));
  it('names lapsed urgent authorisations, objections, changed law and contacts that are due', () =>
    expect(
      duties(
        [{ ...watched, urgentExpiresOn: '2026-07-07', needsRescreening: true, toLookAt: ['objection'], nextContactOn: '2026-07-08' }],
        '2026-07-08',
      ).map(({ code, since }) => [code, since]),
    ).toEqual([
      ['urgent_lapsed', '2026-07-08'],
      ['look_again', null],
      ['rescreen', null],
      ['contact_due', '2026-07-08'],
    ]));
});
