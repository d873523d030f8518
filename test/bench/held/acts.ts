import type { Instant } from '#libs/calendar';
import { type Request, type Vault, Words } from '#libs/journal';

/** One act on a record: when, by whom, what made it happen, and the command with its words kept. */
export interface Act<Command> {
  at: Instant;
  /** An opaque id; null where a message is the cause. */
  by: string | null;
  /** The message that made it happen. */
  because?: string;
  make(words: Words): Command;
}

/** Whose record it is. */
export interface Owned {
  id: string;
  authority: string | null;
}

/** Acts on one record as its service takes them: each is learnt when it happens. */
export const requestsOf = <Command>(vault: Vault, { id, authority }: Owned, acts: readonly Act<Command>[]): Request<Command>[] =>
  acts.map(({ at, by, because, make }) => {
    const words = new Words(vault);
    return { recordId: id, command: make(words), context: { authority, actor: by, recordedAt: at, causationId: because ?? null }, words };
  });

/** A moment in milliseconds as everything inside writes it. */
export const instantOf = (ms: number): Instant => `${new Date(ms).toISOString().slice(0, -1)}000Z`;

/** A cell that holds one of a list's codes; null where it is empty. */
export const codeIn = <Code extends string>(cell: string | undefined): Code | null => ((cell || null) as Code | null);

/** The moment in a cell; undefined where it is empty. */
export const momentIn = (cell: string | undefined): number | undefined => (cell ? Date.parse(cell) : undefined);

/** The invented people of a role: two in each council. */
export const staffOf = (role: string, authority: string, number: number): string =>
  `staff-${role}${authority === 'E06000062' ? '' : authority === 'E06000061' ? '-north' : `-${authority.toLowerCase()}`}-${1 + (number % 2)}`;
