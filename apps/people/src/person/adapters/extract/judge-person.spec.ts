import { RowJudge } from '#libs/extract';
import { columns, judgePerson } from './judge-person.js';

const beganAt = '2026-08-01T09:00:00.000000Z';
const known = [...columns.required, ...columns.optional];
const whole = {
  person_ref: 'P1',
  given_name: 'Vera',
  family_name: 'Varga',
  date_of_birth: '1946-05-01',
  nhs_number: '9997019903',
  postcode: 'NN11 4FP',
  local_area: 'DSN4',
  gender: 'female',
  ethnicity: 'white_british',
  primary_support_reason: 'none',
};

function judged(change: Partial<Record<(typeof known)[number], string>> = {}) {
  const row = { line: 2, cells: { ...whole, ...change }, raw: [] };
  const judge = new RowJudge(row, beganAt);
  const person = judgePerson(row, judge);
  return { codes: judge.codes, flags: judge.flags, person };
}

describe('a row of people.csv', () => {
  it('is taken as it stands', () => {
    const { codes, flags, person } = judged();
    expect({ codes, flags }).toEqual({ codes: [], flags: [] });
    expect(person).toEqual({
      reference: 'P1',
      identity: {
        givenName: 'Vera',
        familyName: 'Varga',
        birthDate: '1946-05-01',
        nhsNumber: '9997019903',
        address: null,
        postcode: 'NN11 4FP',
        birthDateAsWritten: null,
        nhsNumberAsWritten: null,
      },
      characteristics: { gender: 'female', ethnicity: 'white_british', primarySupportReason: 'none', localArea: 'DSN4' },
    });
  });

  it('cuts a long local area between characters', () => {
    const localArea = (cell: string) => judged({ local_area: cell }).person.characteristics.localArea;
    expect(localArea(`${'a'.repeat(199)}🙂🙂`)).toBe(`${'a'.repeat(199)}🙂`);
    expect(localArea(`a${'🙂'.repeat(1000)}`)).toBe(`a${'🙂'.repeat(199)}`);
  });

  it('needs its reference and nothing else', () => {
    expect(judged({ person_ref: '' }).codes).toEqual(['missing_value:person_ref']);
    const empty = judged(Object.fromEntries(columns.optional.map((column) => [column, ''])));
    expect(empty).toMatchObject({ codes: [], flags: [] });
    expect(empty.person.characteristics).toEqual({ gender: 'not_recorded', ethnicity: 'not_recorded', primarySupportReason: 'not_recorded', localArea: null });
  });

  it.each([
    ['gender', 'gender'],
    ['ethnicity', 'ethnicity'],
    ['primary_support_reason', 'primarySupportReason'],
  ] as const)('holds an unknown %s as not recorded', (column, field) => {
    for (const cell of ['purple', 'Female', ' female']) {
      const { codes, flags, person } = judged({ [column]: cell });
      expect({ codes, flags }).toEqual({ codes: [], flags: [`unknown_code:${column}`] });
      expect(person.characteristics[field]).toBe('not_recorded');
    }
    expect(judged({ [column]: 'not_recorded' }).flags).toEqual([]);
  });

  it.each(['1234567890', '999701990', '999 701 9903', '9997019903 ', '٩٩٩٧٠١٩٩٠٣'])('keeps the wrong NHS number %j apart', (cell) => {
    const { codes, flags, person } = judged({ nhs_number: cell });
    expect({ codes, flags }).toEqual({ codes: [], flags: ['nhs_number_check'] });
    expect(person.identity).toMatchObject({ nhsNumber: null, nhsNumberAsWritten: cell });
  });

  it.each([
    ['nonsense', true],
    ['2023-02-29', true],
    ['1946-5-1', true],
    ['1946-05-01T00:00', true],
    ['2026-08-02', true],
    ['2026-08-01', false],
    ['1906-08-01', false],
    ['1906-07-31', true],
  ])('finds the date of birth %s implausible: %s', (cell, implausible) => {
    const { codes, flags, person } = judged({ date_of_birth: cell });
    expect({ codes, flags }).toEqual({ codes: [], flags: implausible ? ['implausible:date_of_birth'] : [] });
    expect(person.identity).toMatchObject(implausible ? { birthDate: null, birthDateAsWritten: cell } : { birthDate: cell, birthDateAsWritten: null });
  });

  it('judges a date of birth by the London day on which the import began', () => {
    const row = { line: 2, cells: { ...whole, date_of_birth: '2026-08-02' }, raw: [] };
    const judge = new RowJudge(row, '2026-08-01T23:30:00.000000Z');
    expect(judgePerson(row, judge).identity.birthDate).toBe('2026-08-02');
  });
});
