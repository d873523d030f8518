import { BadRequestException } from '@nestjs/common';
import { z } from 'zod';
import { type Day, type Instant, instant, londonDay } from '#libs/calendar';

function isInstant(text: string): boolean {
  try {
    return instant(text) !== '';
  } catch {
    return false;
  }
}

/** A time that somebody gives, with an offset: read as an instant. What no calendar here holds is refused. */
export const givenTime = z.iso
  .datetime({ offset: true, error: 'must be a moment such as 2025-07-31T09:30:00Z' })
  .refine(isInstant, { error: 'must be a moment in a year from 0001 to 9999', abort: true })
  .overwrite((text) => instant(text));

/** A day that somebody gives, in a year that the calendar here holds: 0001 to 9999. */
export const givenDay = z.iso
  .date({ error: 'must be a day such as 2025-07-31' })
  .refine((text) => !text.startsWith('0000'), 'must be a day in a year from 0001 to 9999');

/** An opaque id of a member of staff or an assessor, never a name; in one spelling, so that nobody is two people. */
export const givenStaffId = z.string().toLowerCase().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'Give the id of a member of staff or an assessor, not a name.');

/** Refuses a day that has not come yet: an answer as of its end would pass for fact. */
export function mustHaveCome(asOf: Day, now: Instant): void {
  const today = londonDay(now);
  if (asOf > today) throw new BadRequestException(`as_of: must not be later than today, ${today}`);
}
