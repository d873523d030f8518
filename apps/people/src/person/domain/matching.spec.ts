import * as fc from 'fast-check';
import { matchBands, same, score } from './matching.js';
import { normaliseSurname } from './names.js';
import { isNhsNumber } from './nhs-number.js';
import { sought } from './sought.js';
import { comparable, type Identity, tokens } from './tokens.js';

/** A stand-in for the real sounds: consonants alone. */
const sounds = (name: string) => [name.replaceAll(/[aeiouhy]/g, '')];
const identity: Identity = {
  givenName: 'Vera',
  familyName: 'Varga',
  birthDate: '1946-05-01',
  nhsNumber: '9997019903',
  postcode: 'NN11 4FP',
};
const as = (change: Partial<Identity> = {}) => comparable({ ...identity, ...change }, sounds);
const match = (change: Partial<Identity>) => same(as(), as(change)).match;

describe('an NHS number', () => {
  it.each(['9997019903', '9997256018', '9434765919'])('%s passes its check', (text) => expect(isNhsNumber(text)).toBe(true));
  it.each(['9997019904', '999701990', '99970199031', '999 701 9903', ''])('%j does not', (text) =>
    expect(isNhsNumber(text)).toBe(false));
});

describe('a surname', () => {
  it.each([
    ['O’Brien', "O'BRIEN"],
    ['MacDonald', 'McDonald'],
    ['Mc Donald', 'Macdonald'],
    ['Smith-Jones', 'Smith Jones'],
    ['Müller', 'Muller'],
    ['Łukasz', 'Lukasz'],
    ['Nuñez ', 'NUNEZ'],
  ])('%s is %s', (a, b) => expect(normaliseSurname(a)).toBe(normaliseSurname(b)));
  it('is left alone where it only looks like a Mac', () => expect(normaliseSurname('Mack')).toBe('mack'));
});

describe('what somebody can be found by', () => {
  it('is one thing for a search, and several at once for whoever may be the same', () =>
    expect(tokens(identity, sounds)).toEqual([
      'nhs:9997019903',
      'born:1946-05-01',
      'surname:varga',
      'sound:vrg',
      'postcode:NN114FP',
      'name:vrg:v:1946',
      'name:vrg:v:*',
      'name:vrg:*:1946',
      'near:varga:NN114:1946',
      'near:varga:NN114:*',
      'cut:var:v:NN114:1946',
      'cut:var:v:NN114:*',
      'called:v:NN114FP:1946:*',
    ]));
  it('says what is not known, for those who do not contradict it', () =>
    expect(tokens({ ...identity, givenName: null, birthDate: null, nhsNumber: null, postcode: null, familyName: 'Wu' }, () => [''])).toEqual(['surname:wu']));
  it('is a surname itself in which there is nothing to hear', () =>
    expect(tokens({ ...identity, familyName: 'Ø', birthDate: null, nhsNumber: null, postcode: null }, () => [])).toEqual(['surname:o', 'name:o:v:?', 'name:o:v:*']));
  it('leaves out what is not known and a number that fails its check', () =>
    expect(tokens({ givenName: 'A', familyName: ' ', birthDate: null, nhsNumber: '9997019904', postcode: 'unknown' }, sounds)).toEqual([]));
});

describe('the same person', () => {
  it('has the same valid number and date of birth, whatever the surname now', () =>
    expect(match({ familyName: 'Kowalska' })).toBe('same'));
  it('has the same valid number and surname, where a date of birth is missing', () =>
    expect(match({ birthDate: null })).toBe('same'));
  it.each<[string, Partial<Identity>]>([
    ['another date of birth', { birthDate: '1976-07-27' }],
    ['a date of birth of the same year', { birthDate: '1946-05-02' }],
    ['the given name of a twin', { givenName: 'Winston' }],
    ['a number that fails its check', { nhsNumber: '9997019904' }],
    ['another number', { nhsNumber: '9997256018' }],
    ['no number', { nhsNumber: null }],
    ['neither a surname nor a date of birth that agrees', { familyName: 'Kowalska', birthDate: null }],
  ])('is never taken for granted with %s', (_why, change) => expect(match(change)).not.toBe('same'));
  it('is not suggested again once kept apart', () => expect(same(as(), as(), true).match).toBe('none'));
});

describe('a suggestion', () => {
  it('is likely with name and date of birth alone', () => expect(match({ nhsNumber: null, postcode: null })).toBe('likely'));
  it('is possible with a name that sounds the same and a swapped date of birth', () =>
    expect(match({ nhsNumber: null, postcode: null, givenName: null, familyName: 'Verga', birthDate: '1946-01-05' })).toBe('possible'));
  it('is none with a name alone', () =>
    expect(match({ nhsNumber: null, postcode: null, givenName: null, birthDate: null })).toBe('none'));
  it('is always made where the number is the same', () =>
    expect(match({ givenName: 'Bob', familyName: 'Kowalska', birthDate: '1976-07-27', postcode: null })).toBe('possible'));
  it('is explained', () =>
    expect(score(as(), as({ nhsNumber: null, postcode: 'NN11 4AA' })).reasons).toEqual([
      { code: 'birth_date_same', weight: 30 },
      { code: 'surname_same', weight: 20 },
      { code: 'given_name_same', weight: 12 },
      { code: 'postcode_sector_same', weight: 5 },
    ]));
});

const anIdentity: fc.Arbitrary<Identity> = fc.record({
  givenName: fc.constantFrom(null, 'Vera', 'V', 'Winston', 'Veronica'),
  familyName: fc.constantFrom(null, 'Varga', 'Verga', 'Vargas', 'Patel'),
  birthDate: fc.constantFrom(null, '1946-05-01', '1946-01-05', '1946-07-17', '1976-07-27'),
  nhsNumber: fc.constantFrom(null, '9997019903', '9997256018', '123'),
  postcode: fc.constantFrom(null, 'NN11 4FP', 'NN11 4AA', 'NN4 5EA'),
});
const fields = ['givenName', 'familyName', 'birthDate', 'nhsNumber', 'postcode'] as const;
const ranks = ['none', 'possible', 'likely', 'same'];

describe('whatever two identities are compared', () => {
  it('does not matter which is which', () =>
    fc.assert(
      fc.property(anIdentity, anIdentity, (one, other) => {
        const [a, b] = [comparable(one, sounds), comparable(other, sounds)];
        expect(same(a, b)).toEqual(same(b, a));
      }),
    ));
  it('agreeing on one thing more never makes them less alike', () =>
    fc.assert(
      fc.property(anIdentity, anIdentity, fc.constantFrom(...fields), (one, other, field) => {
        const [a, b] = [comparable(one, sounds), comparable(other, sounds)];
        const agreeing = comparable({ ...other, [field]: one[field] ?? other[field] }, sounds);
        const [before, after] = [same(a, b), same(a, agreeing)];
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        expect(ranks.indexOf(after.match)).toBeGreaterThanOrEqual(ranks.indexOf(before.match));
      }),
    ));
  it('the reasons add up to the score', () =>
    fc.assert(
      fc.property(anIdentity, anIdentity, (one, other) => {
        const found = score(comparable(one, sounds), comparable(other, sounds));
        expect(found.reasons.reduce((sum, { weight }) => sum + weight, 0)).toBe(found.score);
      }),
    ));
  it('no suggestion comes from less than its band, the same number apart', () =>
    fc.assert(
      fc.property(anIdentity, anIdentity, (one, other) => {
        const found = same(comparable(one, sounds), comparable({ ...other, nhsNumber: null }, sounds));
        expect(found.match !== 'none').toBe(found.score >= matchBands.possible);
      }),
    ));
});

describe('whoever is looked for', () => {
  const known = (...some: string[]) => fc.option(fc.constantFrom(...some), { freq: 4 });
  const anybody = fc.record({
    givenName: known('Vera', 'V', 'Veronika', 'Viola', 'Olga', 'Østen', '李'),
    familyName: known('Varga', 'Vargo', 'Varley', 'Varwe', 'Olsen', 'Wu', 'Uwe', '李', '李王'),
    birthDate: known('1946-05-01', '1946-01-05', '1946-05-05', '1946-12-24', '1950-05-01'),
    nhsNumber: known('9997019903', '9997256018', '123'),
    postcode: known('NN11 4FP', 'NN11 4AA', 'NN1 1AA'),
  });
  /** Two sounds of some surnames, and none of others. */
  const heard = (name: string) => [name.replaceAll(/[^lgnrv]/g, ''), name.includes('w') ? 'f' : ''];
  const sharedBy = (one: Identity, other: Identity): number[] => {
    const theirs = new Set(tokens(other, heard));
    return [...sought(one, heard)].flatMap(([token, weight]) => (theirs.has(token) ? [weight] : []));
  };
  const compared = (one: Identity, other: Identity) => same(comparable(one, heard), comparable(other, heard));
  const sum = (weights: number[]): number => weights.reduce((all, weight) => all + weight, 0);

  it('shares a token with everybody who may be the same', () =>
    fc.assert(
      fc.property(anybody, anybody, (one, other) => {
        fc.pre(compared(one, other).match !== 'none');
        expect(sharedBy(one, other)).not.toEqual([]);
      }),
      { numRuns: 4_000 },
    ));

  it('is compared first with those who are most alike: what they share is never worth much less than they score', () =>
    fc.assert(
      fc.property(anybody, anybody, (one, other) => {
        fc.pre(compared(one, other).match !== 'none');
        expect(sum(sharedBy(one, other)) + 20).toBeGreaterThan(compared(one, other).score);
      }),
      { numRuns: 4_000 },
    ));

  it('is compared before all others with whoever has the same number', () =>
    fc.assert(
      fc.property(anybody, anybody, anybody, (one, numbered, other) => {
        fc.pre(one.nhsNumber !== null && isNhsNumber(one.nhsNumber) && other.nhsNumber !== one.nhsNumber);
        expect(sum(sharedBy(one, { ...numbered, nhsNumber: one.nhsNumber }))).toBeGreaterThan(sum(sharedBy(one, other)));
      }),
    ));

  it('is compared with nobody for whom only one thing speaks', () => {
    const stranger: Identity = { givenName: 'Olga', familyName: 'Olsen', birthDate: '1950-12-24', nhsNumber: null, postcode: 'NN4 5EA' };
    const { givenName, familyName, postcode } = identity;
    for (const alike of [{ givenName }, { familyName }, { birthDate: '1946-12-24' }, { postcode }, { givenName, postcode }, { givenName, familyName }, { familyName, postcode }]) {
      expect([alike, sharedBy(identity, { ...stranger, ...alike })]).toEqual([alike, []]);
    }
  });

  it('is compared with nobody who has the same surname and was born in another year', () =>
    fc.assert(
      fc.property(anybody, anybody, (one, other) => {
        fc.pre(one.nhsNumber !== other.nhsNumber && one.birthDate?.slice(0, 4) !== other.birthDate?.slice(0, 4) && one.birthDate !== null && other.birthDate !== null);
        expect(sharedBy(one, other)).toEqual([]);
      }),
    ));
});
