import { addYears, type Day, readDate } from '#libs/calendar';
import { isNhsNumber } from '../domain/nhs-number.js';
import type { Identity } from '../domain/tokens.js';

/** Who somebody is, as it is kept. What cannot be is kept as it was written, apart, and decides nothing. */
export interface HeldIdentity extends Identity {
  address: string | null;
  birthDateAsWritten: string | null;
  nhsNumberAsWritten: string | null;
}

/** What a row or a sender tells of who somebody is; null, undefined and empty are all not known. */
export interface GivenIdentity {
  givenName?: string | null | undefined;
  familyName?: string | null | undefined;
  dateOfBirth?: string | null | undefined;
  nhsNumber?: string | null | undefined;
  address?: string | null | undefined;
  postcode?: string | null | undefined;
}

/** What a person typed: an NHS number is mostly written in groups (999 000 0018), which an extract's format does not allow. */
export const asTyped = (given: GivenIdentity): GivenIdentity =>
  given.nhsNumber ? { ...given, nhsNumber: given.nhsNumber.replaceAll(/[\s-]/g, '') } : given;

/** The oldest anybody is taken to be. */
const MOST_YEARS = 120;

/** Keeps what was given: an implausible date of birth and a wrong NHS number stand apart. */
export function heldIdentity(given: GivenIdentity, today: Day): HeldIdentity {
  const born = given.dateOfBirth ? plausibleBirth(given.dateOfBirth, today) : null;
  const hasNumber = Boolean(given.nhsNumber) && isNhsNumber(given.nhsNumber!);
  return {
    givenName: given.givenName || null,
    familyName: given.familyName || null,
    birthDate: born,
    nhsNumber: hasNumber ? given.nhsNumber! : null,
    address: given.address || null,
    postcode: given.postcode || null,
    birthDateAsWritten: born ? null : given.dateOfBirth || null,
    nhsNumberAsWritten: hasNumber ? null : given.nhsNumber || null,
  };
}

/** A date of birth that can be: a day of the calendar, not after today, not more than 120 years before it. */
export function plausibleBirth(text: string, today: Day): Day | null {
  const day = readDate(text);
  return day === undefined || day > today || day < addYears(today, -MOST_YEARS) ? null : day;
}
