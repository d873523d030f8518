import { concernToRaise } from './concern-to-raise.js';
import { errorsAtSending } from './errors.js';
import { readTyped } from './typed.js';

const form = (fields: Record<string, unknown> = {}) => readTyped({ worry: 'A worry', phone: '01632 960001', ...fields });
const hrefs = (fields: Record<string, unknown>) => errorsAtSending(form(fields)).map(({ href }) => href);
const at = (step: string, id: string) => [`/concerns/new/${step}?change=yes#${id}`];

describe('what a concern must have', () => {
  it('is a worry and one way to find somebody', () => expect(errorsAtSending(form())).toEqual([]));
  it('is not met without a worry', () => expect(hrefs({ worry: ' ' })).toEqual(at('what-happened', 'worry')));
  it('is not met without anybody to find', () => expect(hrefs({ phone: '' })).toEqual(at('person', 'given_name')));
  it('never includes consent', () => expect(hrefs({ consent: 'no' })).toEqual([]));
  it('never includes that an NHS number, an email address or a telephone number look right', () => expect(hrefs({ nhs_number: '12', email: 'at work', phone: '12' })).toEqual([]));
});

describe('a date of birth', () => {
  it.each([['31', '2', '1941'], ['31', 'ma', '1941'], ['31', 'Marchy', '1941'], ['', 'March', '1941'], ['1', '1', ''], ['x', '1', '1941'], ['1', '1', '41']])('is refused as %s %s %s', (dob_day, dob_month, dob_year) =>
    expect(hrefs({ dob_day, dob_month, dob_year })).toEqual(at('person', 'dob-day')));
  it.each(['3', 'March', 'march', 'Mar', 'MAR.'])('takes a month by its number or its name: %s', (dob_month) =>
    expect(concernToRaise(form({ dob_day: '27', dob_month, dob_year: '1941' })).person).toEqual({ dateOfBirth: '1941-03-27' }));
  it('may be left out', () => expect(concernToRaise(form()).person).toEqual({}));
});

describe('what is sent', () => {
  it('leaves out what was left empty and what is none of the choices', () =>
    expect(concernToRaise(form({ location_type: 'the moon', abuse_types: ['domestic', 'nonsense'] }))).toEqual({
      channel: 'online',
      authority: 'E06000062',
      worry: 'A worry',
      person: {},
      referrer: { phone: '01632 960001' },
      abuseTypes: ['domestic'],
      details: { area: 'not_said' },
    }));
  it('has an NHS number without its spaces', () =>
    expect(concernToRaise(form({ nhs_number: '943 476 5919' })).person).toEqual({ nhsNumber: '9434765919' }));
  it('has an NHS number that is none as it was typed', () =>
    expect(concernToRaise(form({ nhs_number: '943 476 5918 or so' })).person).toEqual({ nhsNumber: '943 476 5918 or so' }));
  it('keeps an answer on wishes whose words are missing', () => {
    for (const asked of ['not_asked', 'could_not_ask', 'asked_and_expressed']) expect(concernToRaise(form({ wishes: asked }))).toHaveProperty('wishes', { asked });
    expect(concernToRaise(form({ wishes: 'asked_not_expressed' }))).toHaveProperty('wishes', { asked: 'asked_not_expressed' });
  });
  it('goes to the authority that was named', () => {
    const { authority, details } = concernToRaise(form({ authority: 'E06000061' }));
    expect([authority, details]).toEqual(['E06000061', undefined]);
  });
  it.each([['not_sure', 'not_sure'], ['', 'not_said'], ['nowhere', 'not_said']])('goes to the west where the area is %j, and says that it was not known', (typed, area) =>
    expect(concernToRaise(form({ authority: typed }))).toMatchObject({ authority: 'E06000062', details: { area } }));
  it('has every other answer by what it is about, and no choice that there is not', () => {
    const typed = { when: 'Since Monday', others_at_risk: ['children', 'nonsense'], police_told: 'not_sure', contact_risky: 'maybe', gender: 'female' };
    expect(concernToRaise(form(typed))).toMatchObject({ details: { when: 'Since Monday', othersAtRisk: ['children'], policeTold: 'not_sure' }, person: { gender: 'female' } });
    expect(concernToRaise(form(typed)).details).not.toHaveProperty('contactRisky');
  });
  it('has what else happened, each with its place and source, and leaves out the rows that were left empty', () => {
    const theft = { second_abuse_type: 'financial_or_material', second_location_type: 'community', second_source_of_risk: 'unknown_to_individual' };
    const sent = concernToRaise(form({ abuse_types: 'physical', ...theft, third_abuse_type: 'psychological', third_location_type: 'the moon' }));
    expect([sent.abuseTypes, sent.otherAllegations]).toEqual([
      ['physical'],
      [{ abuseType: 'financial_or_material', sourceOfRisk: 'unknown_to_individual', locationType: 'community' }, { abuseType: 'psychological', sourceOfRisk: null, locationType: null }],
    ]);
    expect(concernToRaise(form({ third_abuse_type: 'domestic' })).otherAllegations).toEqual([{ abuseType: 'domestic', sourceOfRisk: null, locationType: null }]);
    expect(concernToRaise(form({ abuse_types: 'physical' }))).not.toHaveProperty('otherAllegations');
  });
  it('has where and by whom something else happened, also where nobody said what it was', () =>
    expect(concernToRaise(form({ second_location_type: 'own_home', second_source_of_risk: 'unknown_to_individual', third_source_of_risk: 'service_provider' })).otherAllegations).toEqual([
      { abuseType: null, sourceOfRisk: 'unknown_to_individual', locationType: 'own_home' }, { abuseType: null, sourceOfRisk: 'service_provider', locationType: null },
    ]));
  it('loses no words whose question was left open', () =>
    expect(concernToRaise(form({ wishes_words: 'To stay', consent_why: 'She is afraid', authority: 'E06000062' })).details).toEqual({ onWishes: 'To stay', onConsent: 'She is afraid' }));
});
