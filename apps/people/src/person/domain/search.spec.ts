import { atOwnPostcode, canFind, hits, isSameSurname, LEAST_SOUGHT, searchedBy, type SearchTerms, searchTokens } from './search.js';
import { comparable, type Identity, tokens } from './tokens.js';

/** A stand-in for the real sounds: consonants alone. */
const sounds = (name: string) => [name.replaceAll(/[aeiouhy]/g, '')];
const nothing: SearchTerms = { givenName: null, familyName: null, birthDate: null, birthYear: null, nhsNumber: null, postcode: null };
const inventa: Identity = { givenName: 'Inventa', familyName: 'Persson', birthDate: '1941-03-02', nhsNumber: '9990000018', postcode: 'NN1 1AA' };
const somebody = (personId: string, change: Partial<Identity> = {}, remaining = personId) => ({ personId, remaining, compared: comparable({ ...inventa, ...change }, sounds) });
const found = (terms: Partial<SearchTerms>, ...candidates: ReturnType<typeof somebody>[]) => hits({ ...nothing, ...terms }, candidates, sounds);

describe('what somebody can be asked for by', () => {
  it.each([
    [{ nhsNumber: '9990000018' }],
    [{ familyName: 'Persson' }],
    [{ birthDate: '1941-03-02', postcode: 'NN1 1AA' }],
  ])('%j finds them', (terms) => expect(canFind({ ...nothing, ...terms })).toBe(true));
  it.each([
    [{}],
    [{ givenName: 'Inventa', birthYear: 1941 }],
    [{ familyName: '’-' }],
    [{ birthDate: '1941-03-02' }],
    [{ birthYear: 1941, postcode: 'NN1 1AA' }],
    [{ postcode: 'NN1 1AA', givenName: 'Inventa' }],
  ])('%j does not', (terms) => expect(canFind({ ...nothing, ...terms })).toBe(false));
  it('is recorded by its kinds, and none of its words', () => {
    expect(searchedBy({ ...nothing, familyName: 'Persson', birthYear: 1941 })).toBe('person search by surname, year of birth');
    expect(searchedBy({ ...nothing, nhsNumber: '9990000018' })).toBe('person search by NHS number');
    expect(searchedBy({ ...nothing, familyName: 'Persson' }, { surname: 'persson' })).toBe('person search by surname (own surname)');
    expect(searchedBy({ ...nothing, familyName: 'Persson', postcode: 'nn99zz' }, { surname: 'Persson', postcode: 'NN9 9ZZ' })).toBe('person search by surname, postcode (own surname) (own postcode)');
  });
  it('may be one’s own surname, however it is written', () => {
    expect([isSameSurname('O’Brien', 'OBRIEN'), isSameSurname('Persson', null), isSameSurname('', ''), isSameSurname('Persson', 'Pearson')]).toEqual([true, false, false, false]);
  });
  it('may be at one’s own postcode, however it is written', () =>
    expect([atOwnPostcode('NN9 9ZZ', 'nn99zz'), atOwnPostcode('NN9 9ZZ', 'NN9 9ZX'), atOwnPostcode(undefined, 'NN9 9ZZ'), atOwnPostcode('none', 'none'), atOwnPostcode('NN9 9ZZ', null)]).toEqual([' (own postcode)', '', '', '', '']));
  it('puts those first who share more than a surname, and finds nobody by that alone', () => {
    const asked = searchTokens({ ...nothing, familyName: 'Persson', givenName: 'Inventa', birthYear: 1941, postcode: 'NN1 1AA' }, sounds);
    expect([...asked].filter(([, weight]) => weight < LEAST_SOUGHT)).toEqual([['name:prssn:i:*', 3], ['name:prssn:*:1941', 5], ['near:persson:NN11:*', 5]]);
    const theirs = new Set(tokens(inventa, sounds));
    expect([...asked.keys()].filter((token) => !theirs.has(token))).toEqual([]);
  });
});

describe('whoever fits', () => {
  it('is told with why, by their name and the year they were born', () =>
    expect(found({ givenName: 'inventa', familyName: 'PERSSON', birthYear: 1941 }, somebody('one'))).toEqual([
      {
        remaining: 'one', foundBy: 'one', score: 37,
        reasons: [{ code: 'surname_same', weight: 20 }, { code: 'given_name_same', weight: 12 }, { code: 'birth_year_same', weight: 5 }],
      },
    ]));
  it('is found where the surname only sounds the same', () =>
    expect(found({ familyName: 'Pirssen' }, somebody('one'))).toMatchObject([{ reasons: [{ code: 'surname_sounds_same' }] }]));
  it('is not somebody of another given name, or born in another year, who shares only the surname', () => {
    expect(found({ givenName: 'Karl', familyName: 'Persson' }, somebody('one'))).toEqual([]);
    expect(found({ familyName: 'Persson', birthYear: 1950 }, somebody('one'))).toEqual([]);
  });
  it('comes first who fits best, and who has told no date of birth is not left out', () =>
    expect(found({ givenName: 'Inventa', familyName: 'Persson', birthYear: 1941 }, somebody('dateless', { birthDate: null }), somebody('one')).map(({ foundBy }) => foundBy)).toEqual(['one', 'dateless']));
  it('is told once where several were joined, as whichever fits best', () =>
    expect(found({ familyName: 'Berg' }, somebody('one'), somebody('maiden', { familyName: 'Berg' }, 'one'), somebody('other', { familyName: 'Berk' }, 'one'))).toMatchObject([{ remaining: 'one', foundBy: 'maiden' }]));
  it('is told as themselves where an identity that was joined fits as well', () =>
    expect(found({ familyName: 'Persson' }, somebody('a', {}, 'one'), somebody('one'))).toMatchObject([{ remaining: 'one', foundBy: 'one' }]));
});
