import { Injectable } from '@nestjs/common';
import { Narrative, type Standing, type Tx } from '#libs/journal';
import type { Concern } from '../domain/concern.js';
import type { Way } from '../domain/codes.js';
import type { Reach } from '../domain/concern-commands.js';
import { takesTexts } from '../domain/takes-texts.js';
import { Concerns } from './concerns.js';

/** How whoever raised a concern can be written to, in their own words; a landline is no way to send a text. */
export interface Contact {
  addresses: Partial<Record<Way, string>>;
  isRisky: boolean;
  hasWishes: boolean;
  /** They answered that it is not dangerous to email or ring them. */
  deniesDanger: boolean;
  /** They answered so, and wished for nothing of how and when. */
  isSaidSafe: boolean;
}

interface Account {
  referrer?: { email?: string; phone?: string };
  details?: { contactRisky?: string; safeContact?: string };
}

const nobody: Contact = { addresses: {}, isRisky: false, hasWishes: false, deniesDanger: false, isSaidSafe: false };

/** What stands in an account of how whoever raised it can be reached; an old system told it in words alone. */
export function contactIn(words: string | null | undefined): Contact {
  try {
    const { referrer, details } = JSON.parse(words ?? '{}') as Account;
    const deniesDanger = details?.contactRisky === 'no';
    const hasWishes = Boolean(details?.safeContact?.trim());
    const [email, text] = [referrer?.email?.trim(), referrer?.phone?.trim()];
    return {
      addresses: { ...(email && { email }), ...(text && takesTexts(text) && { text }) },
      isRisky: details?.contactRisky === 'yes' || details?.contactRisky === 'not_sure',
      hasWishes,
      deniesDanger,
      isSaidSafe: deniesDanger && !hasWishes,
    };
  } catch {
    return nobody;
  }
}

export const reachBy = ({ addresses: { email, text }, isRisky, hasWishes }: Contact): Reach => ({ email: email !== undefined, text: text !== undefined, isRisky, hasWishes });

/** By which way a machine may send them what they themselves ask for at that moment; none: undefined. What they wish of how and when is for a person to read; it lets a machine write only where they answered besides that it is not dangerous. */
export function plainWay({ addresses, isRisky, hasWishes, deniesDanger }: Contact): Way | undefined {
  if (isRisky || (hasWishes && !deniesDanger)) return undefined;
  return addresses.email === undefined ? (addresses.text === undefined ? undefined : 'text') : 'email';
}

/** How those who raised concerns can be reached. */
@Injectable()
export class Contacts {
  constructor(
    private readonly concerns: Concerns,
    private readonly narrative: Narrative,
  ) {}

  async of(tx: Tx, { recordId }: Pick<Standing<Concern>, 'recordId'>): Promise<Contact> {
    const [first] = await this.concerns.story(tx, recordId);
    if (first?.event.type !== 'ConcernReceived') return nobody;
    const { account } = await this.narrative.reveal(tx, { account: first.event.account });
    return contactIn(account);
  }
}
