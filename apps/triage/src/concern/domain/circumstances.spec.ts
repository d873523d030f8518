import { specify } from '#libs/decider';
import * as fc from 'fast-check';

import { aConcern, aDecision, aRouting, aTriage, limbs, standing, wishesKnown, words } from './a-concern.js';
import {
  CAPACITY_ANSWERS,
  type Circumstances,
  CONSENT_ANSWERS,
  DIFFICULTIES,
  NOTHING_SAID,
  OVERRIDING_GROUNDS,
  PROTECTION_ANSWERS,
  SUPPORTS,
  wrongInProtection,
  wrongInStanding,
} from './circumstances.js';
import { concern } from './concern.js';

const { given } = specify(concern);
const ready = given(aConcern(), wishesKnown);
const deciding = (said: Partial<Circumstances>) => ready.when(aDecision({ circumstances: { ...NOTHING_SAID, ...said } }));
const isTaken = (said: Partial<Circumstances>) => deciding(said).then(aTriage({ circumstances: { ...NOTHING_SAID, ...said } }));

describe('how the person stands, besides the limbs', () => {
  it('was no condition of a decision before it was asked, and left no trace where nothing was said', () => ready.when(aDecision()).then(aTriage()));
  it.each([
    ['protection', 'concern/protection-required'],
    ['mentalCapacity', 'concern/capacity-required'],
    ['consent', 'concern/consent-required'],
    ['advocacy', 'concern/advocacy-required'],
  ] as const)('is said with every decision since: %s', (part, code) => {
    const now = { at: '2026-11-22T00:00:00.000000Z', circumstances: standing };
    ready.when(aDecision(now)).then(aTriage(now));
    ready.when(aDecision({ ...now, circumstances: { ...standing, [part]: null } })).thenRefused(code);
  });
  it('is kept with the decision', () =>
    isTaken({
      protection: { answer: 'taken', words: words('a neighbour stays') },
      mentalCapacity: { answer: 'has_capacity', words: null },
      consent: { answer: 'given', ground: null, words: null },
      advocacy: { difficulties: [], support: 'not_needed', words: null },
    }));
});

describe('immediate protection', () => {
  it.each(['taken', 'not_taken'] as const)('is told in words where it was %s', (answer) =>
    deciding({ protection: { answer, words: null } }).thenRefused('concern/protection-words-required'));
  it('is left to nobody by no decision: no further action is refused where it has still to be done', () => {
    const undone = { outcome: 'no_further_action' as const, circumstances: { ...NOTHING_SAID, protection: { answer: 'not_taken' as const, words: words('nobody opened') } } };
    const noFurther = (change: object) => aDecision({ limbs: limbs('yes', 'yes', 'no'), ...change });
    const notSafe = { limbs: limbs('yes', 'yes', 'no'), outcome: 'no_further_action' as const };
    ready.when(noFurther(undone)).thenRefused('concern/no-further-action-leaves-undone');
    given(aConcern({ immediateRisk: true }), wishesKnown).when(noFurther(undone)).thenRefused('concern/no-further-action-leaves-undone');
    ready.when(noFurther({ ...undone, circumstances: NOTHING_SAID })).then(aTriage(notSafe));
    ready.when(noFurther({ ...undone, outcome: 'quality_team' })).then(aTriage({ ...notSafe, outcome: 'quality_team', circumstances: undone.circumstances }), aRouting([{ route: 'quality_team' }]));
  });
  it('needs none where none was needed', () => isTaken({ protection: { answer: 'not_needed', words: null } }));
});

describe('mental capacity', () => {
  it('is assumed without a reason', () => isTaken({ mentalCapacity: { answer: 'has_capacity', words: null } }));
  it.each(['lacks_capacity', 'not_assessed'] as const)('needs a reason: %s', (answer) =>
    deciding({ mentalCapacity: { answer, words: null } }).thenRefused('concern/capacity-reason-required'));
});

describe('whether the person agrees', () => {
  const consent = { answer: 'refused_overridden', ground: 'others_at_risk', words: words('her sister lives there') } as const;
  const lacking = { answer: 'lacks_capacity', words: words('assessed on Monday') } as const;

  it('may be overridden on a ground, with words', () => isTaken({ consent }));
  it('is not overridden without the ground', () => deciding({ consent: { ...consent, ground: null } }).thenRefused('concern/consent-ground-required'));
  it('is not overridden without words', () => deciding({ consent: { ...consent, words: null } }).thenRefused('concern/consent-words-required'));
  it('has that ground with no other answer', () =>
    deciding({ consent: { ...consent, answer: 'given' } }).thenRefused('concern/consent-ground-unexpected'));
  it('says why nobody asked', () =>
    deciding({ consent: { answer: 'not_asked_other', ground: null, words: null } }).thenRefused('concern/consent-words-required'));
  it.each(['given', 'refused_respected'] as const)('cannot be %s by somebody who lacks capacity', (answer) =>
    deciding({ mentalCapacity: lacking, consent: { answer, ground: null, words: null } }).thenRefused('concern/consent-contradicts-capacity'));
  it.each(['has_capacity', 'not_assessed'] as const)('is no matter of best interests of somebody of whom it is said: %s', (answer) =>
    deciding({ mentalCapacity: { answer, words: words('why') }, consent: { answer: 'lacks_capacity_best_interests', ground: null, words: null } })
      .thenRefused('concern/consent-contradicts-capacity'));
  it('is that of best interests for somebody who lacks capacity', () =>
    isTaken({ mentalCapacity: lacking, consent: { answer: 'lacks_capacity_best_interests', ground: null, words: null } }));
});

describe('who helps the person to take part', () => {
  it('is said wherever they would have substantial difficulty', () =>
    deciding({ advocacy: { difficulties: ['weigh'], support: 'not_needed', words: null } }).thenRefused('concern/advocacy-support-required'));
  it('is nobody without a difficulty', () =>
    deciding({ advocacy: { difficulties: [], support: 's68_advocate', words: null } }).thenRefused('concern/advocacy-difficulty-required'));
  it.each(['appropriate_person', 'needed_not_available'] as const)('is told in words: %s', (support) =>
    deciding({ advocacy: { difficulties: ['retain'], support, words: null } }).thenRefused('concern/advocacy-words-required'));
  it('may not be known yet, which is an answer, and none where they have a difficulty', () => {
    isTaken({ advocacy: { difficulties: [], support: 'not_known', words: words('asked the home') } });
    deciding({ advocacy: { difficulties: ['weigh'], support: 'not_known', words: null } }).thenRefused('concern/advocacy-support-required');
  });
  it('may be an advocate whom the council arranges', () => isTaken({ advocacy: { difficulties: ['understand', 'communicate'], support: 's68_advocate', words: null } }));
});

describe('whatever is said of how the person stands', () => {
  const text = fc.option(fc.constant(words('x')));
  const circumstances: fc.Arbitrary<Circumstances> = fc.record({
    protection: fc.option(fc.record({ answer: fc.constantFrom(...PROTECTION_ANSWERS), words: text })),
    mentalCapacity: fc.option(fc.record({ answer: fc.constantFrom(...CAPACITY_ANSWERS), words: text })),
    consent: fc.option(fc.record({ answer: fc.constantFrom(...CONSENT_ANSWERS), ground: fc.option(fc.constantFrom(...OVERRIDING_GROUNDS)), words: text })),
    advocacy: fc.option(fc.record({ difficulties: fc.subarray([...DIFFICULTIES]), support: fc.constantFrom(...SUPPORTS), words: text })),
  });
  const isWhole = (said: Circumstances): boolean => [...wrongInProtection(said, false), ...wrongInStanding(said, false)].length === 0;

  it('nobody is left to take part alone with a substantial difficulty, and no refusal is passed over without a ground', () => {
    fc.assert(
      fc.property(circumstances.filter(isWhole), ({ advocacy, consent, mentalCapacity }) => {
        expect((advocacy?.difficulties.length ?? 0) > 0).toBe(!['not_needed', 'not_known'].includes(advocacy?.support ?? 'not_needed'));
        expect((consent?.ground ?? null) !== null && consent?.words !== null).toBe(consent?.answer === 'refused_overridden');
        expect(mentalCapacity?.answer === 'lacks_capacity' && ['given', 'refused_respected', 'refused_overridden'].includes(consent?.answer ?? '')).toBe(false);
      }),
    );
  });

  it('saying less never makes it refused', () => {
    fc.assert(
      fc.property(circumstances.filter(isWhole), fc.constantFrom('protection', 'mentalCapacity', 'consent', 'advocacy'), (said, part) => {
        expect(isWhole({ ...said, [part]: null })).toBe(true);
      }),
    );
  });
});
