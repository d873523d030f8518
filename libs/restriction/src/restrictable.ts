import type { Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';

/** Why a record is restricted: a member of staff is the person or may be the source of the harm; domestic abuse; somebody in a position of trust; something else, in words; or another record about the same person is. */
export const RESTRICTED_BECAUSE = ['staff_as_subject', 'domestic_abuse', 'position_of_trust', 'other', 'same_person'] as const;
export type RestrictedBecause = (typeof RESTRICTED_BECAUSE)[number];

/** Why a record is kept from somebody: they are the person, or close to them; they may be the source of the harm, or close to whoever may; something else, in words. */
export const KEPT_BECAUSE = ['about_oneself', 'close_to_person', 'source_of_risk', 'close_to_source', 'other'] as const;
export type KeptBecause = (typeof KEPT_BECAUSE)[number];

/** What a record's story says of whom it is open to. */
export interface Restrictable {
  /** Whom alone it is open to, of those from whom it is not kept; null: to everybody whose right it is. */
  restriction: { at: Instant; names: string[]; why: RestrictedBecause } | null;
  /** Who ever opened it without being named, the last time of each; undefined where it never was restricted. */
  glass?: readonly { at: Instant; by: string; until: Instant; reason: TextRef }[];
  /** From whom it is kept, whoever it is open to; undefined where it never was kept from anybody. */
  keptFrom?: readonly { id: string; why: KeptBecause; at: Instant; by: string | null }[];
}

export const OPEN_TO_ALL: Restrictable = { restriction: null };

export const isKeptFrom = ({ keptFrom = [] }: Restrictable, somebody: string): boolean => keptFrom.some(({ id }) => id === somebody);

/** Those who are named and from whom it is not kept, sorted, and nobody twice; none where it is not restricted. */
export const namedIn = (record: Restrictable): readonly string[] => record.restriction?.names.filter((name) => !isKeptFrom(record, name)) ?? [];

/** The glass that somebody broke to whom it is open by that alone. */
export function glassOf(record: Restrictable, id: string): NonNullable<Restrictable['glass']>[number] | undefined {
  if (!record.restriction || namedIn(record).includes(id)) return undefined;
  return record.glass?.find(({ by }) => by === id);
}
