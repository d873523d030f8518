/** Why something may be about or from somebody else. When in doubt it is flagged: taking a flag off is easier than taking back what was sent. */
export const because = {
  staff: 'names somebody who works for the council or a partner',
  raiser: 'tells who raised it, or how to reach them',
  source: 'tells of somebody who may have caused harm',
  circle: 'tells of relatives, carers, an advocate or others around the person',
  account: 'is what somebody else said; it may show who they are, or tell of others',
  written: 'is in the words of whoever wrote it down; it may name others',
} as const;

/** Who did something, or was to do it, by the names that events have for it. */
const whoFields = new Set([
  'by', 'to', 'names', 'worker', 'team', 'decidedBy', 'proposedBy', 'confirmedBy', 'qualityCheckedBy', 'decidedByInWords',
  'allocationInWords', 'assessor', 'bestInterestsAssessor', 'mentalHealthAssessor',
]);

/** What fields of a kind of record say of others, by the field or by its event and the field; null where it is the person's alone. */
export type Flags = Readonly<Record<string, string | null>>;

export const isWho = (field: string): boolean => whoFields.has(field);

interface Field {
  event: string;
  /** Where in the event it stands. */
  path: readonly string[];
  /** It is in somebody's words, and no code, number or time. */
  isWords: boolean;
}

/** Why a field may be about or from somebody else: what is known of its place, or else what is true of its kind. */
export function flagOf(flags: Flags, { event, path, isWords }: Field): string | null {
  const places = path.map((_, at) => path.slice(0, path.length - at).join('.'));
  const known = places.flatMap((place) => [`${event}.${place}`, place]).find((place) => place in flags);
  if (known !== undefined) return flags[known]!;
  if (isWho(path.at(-1) ?? '')) return because.staff;
  return isWords ? because.written : null;
}
