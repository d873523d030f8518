// By its file: the lib as a whole reads extracts, which a site has nothing to do with.
import { nhsNumberIsValid } from '../../../../libs/extract/src/nhs-number.js';
import { asTold } from './about-oneself.js';
import { besides } from './besides.js';
import { bornOn } from './born.js';
import { abuseTypes, areas, type Choice, consent, ethnicities, genders, othersAtRisk, places, referrerTypes, sourcesOfRisk, supportReasons, wishesAsked, yesNo, yesNoNotSure } from './choices.js';
import { digits } from './errors.js';
import { type Own, withOwn } from './own.js';
import type { Typed } from './typed.js';

const known = areas.slice(0, 2);
const WHERE_UNSURE = 'E06000062';

/** The council that is told. */
export const authorityOf = (typed: Typed): string => one(typed.authority, known) ?? WHERE_UNSURE;

/** Whether nobody has said in which council's area they live. */
export const isAreaUnknown = (typed: Typed): boolean => one(typed.authority, known) === undefined;

/** The answers as the triage service takes them. What was left empty, or is none of the choices, is left out; whoever is signed in need not say who they are. */
export function concernToRaise(answers: Typed, own: Own = { name: '' }) {
  const typed = withOwn(asTold(answers), own);
  return {
    channel: 'online',
    authority: authorityOf(typed),
    worry: typed.worry,
    person: personOf(typed),
    referrer: filled({
      name: typed.referrer_name,
      role: typed.referrer_role,
      organisation: typed.organisation,
      email: typed.email,
      phone: typed.phone,
      type: one(typed.referrer_type, referrerTypes),
    }),
    abuseTypes: several(typed.abuse_types, abuseTypes),
    ...filled({
      locationType: one(typed.location_type, places),
      sourceOfRisk: one(typed.source_of_risk, sourcesOfRisk),
      otherAllegations: othersOf(typed),
      immediateRisk: one(typed.immediate_risk, yesNo),
      wishes: wishesOf(typed),
      consent: consentOf(typed),
      details: detailsOf(typed),
    }),
  };
}

/** What else happened, row by row, as far as it was said. */
function othersOf(typed: Typed) {
  const others = besides.flatMap(({ kind, place, source }) => {
    const row = { abuseType: one(typed[kind], abuseTypes) ?? null, sourceOfRisk: one(typed[source], sourcesOfRisk) ?? null, locationType: one(typed[place], places) ?? null };
    return Object.values(row).some((part) => part !== null) ? [row] : [];
  });
  return others.length > 0 ? others : undefined;
}

function personOf(typed: Typed) {
  const born = bornOn(typed);
  return filled({
    givenName: typed.given_name,
    familyName: typed.family_name,
    dateOfBirth: born === 'wrong' ? undefined : born,
    nhsNumber: nhsNumberIsValid(digits(typed.nhs_number)) ? digits(typed.nhs_number) : typed.nhs_number,
    address: typed.address,
    postcode: typed.postcode,
    gender: one(typed.gender, genders),
    ethnicity: one(typed.ethnicity, ethnicities),
    primarySupportReason: one(typed.support_reason, supportReasons),
  });
}

/** What else was said, by what it is about. */
function detailsOf(typed: Typed) {
  const others = several(typed.others_at_risk, othersAtRisk);
  const details = filled({
    area: isAreaUnknown(typed) ? (typed.authority === 'not_sure' ? 'not_sure' : 'not_said') : undefined,
    age: typed.age,
    inDanger: typed.immediate_risk === 'not_sure' ? 'not_sure' : undefined,
    personContact: typed.person_contact,
    needs: typed.needs,
    circle: typed.circle,
    services: typed.services,
    died: typed.died,
    when: typed.when,
    known: typed.known,
    place: typed.place,
    alleged: typed.alleged,
    done: typed.done,
    policeTold: one(typed.police_told, yesNoNotSure),
    policeReference: typed.police_reference,
    capacity: one(typed.capacity, yesNoNotSure),
    advocate: typed.advocate,
    othersAtRisk: others.length > 0 ? others : undefined,
    others: typed.others_words,
    ownReference: typed.own_reference,
    contactRisky: one(typed.contact_risky, yesNoNotSure),
    safeContact: typed.safe_contact,
    // Words whose question was left open are not lost.
    onWishes: wishesOf(typed) ? undefined : typed.wishes_words,
    onConsent: consentOf(typed) ? undefined : typed.consent_why,
  });
  return Object.keys(details).length > 0 ? details : undefined;
}

/** An answer that needs words and has none is kept; the words are asked for later. */
function wishesOf({ wishes, wishes_words }: Typed) {
  const asked = one(wishes, wishesAsked);
  return asked && { asked, ...filled({ words: wishes_words }) };
}

function consentOf(typed: Typed) {
  const given = one(typed.consent, consent);
  return given && { given, ...filled({ why: typed.consent_why }) };
}

function one(value: string, choices: Choice[]): string | undefined {
  return choices.some((choice) => choice.value === value) ? value : undefined;
}

const several = (values: string[], choices: Choice[]): string[] => values.filter((value) => one(value, choices));

function filled<Value extends Record<string, unknown>>(values: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as Partial<Value>;
}
