import type { Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';

/** The files of an extract that name organisations. */
export const EXTRACT_FILES = ['concerns', 'dols'] as const;
export type ExtractFile = (typeof EXTRACT_FILES)[number];

interface Act {
  at: Instant;
  by: string;
}

export interface MentionFound {
  type: 'MentionFound';
  at: Instant;
  file: ExtractFile;
  /** The kind of whoever raised the concern; null where the file does not say. */
  kind: string | null;
  name: TextRef;
}

export type MentionEvent =
  | MentionFound
  | (Act & { type: 'MentionMatched'; organisationId: string; reason: TextRef | null })
  | (Act & { type: 'MentionDismissed'; reason: TextRef });

export type FindMention = { type: 'FindMention'; at: Instant; file: ExtractFile; kind: string | null; name: TextRef | null };
/** `isOrganisationOpen`: there is such an organisation in this authority. */
export type MatchMention = Act & { type: 'MatchMention'; organisationId: string; isOrganisationOpen: boolean; reason: TextRef | null };
export type DismissMention = Act & { type: 'DismissMention'; reason: TextRef | null };

export type MentionCommand = FindMention | MatchMention | DismissMention;

export interface KnownMention {
  file: ExtractFile;
  kind: string | null;
  name: TextRef;
}

export type Mention =
  | { status: 'absent' }
  | { status: 'waiting'; mention: KnownMention }
  | { status: 'matched'; mention: KnownMention; organisationId: string }
  | { status: 'dismissed'; mention: KnownMention };
