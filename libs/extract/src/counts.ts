/** What became of the rows of one file: `read = imported + already_present + repeated + quarantined`. */
export interface FileCounts {
  read: number;
  imported: number;
  already_present: number;
  repeated: number;
  quarantined: number;
  codes: Record<string, number>;
  flags: Record<string, number>;
  /** The columns for which the whole file was refused; absent where it was not. */
  refused?: string[];
}

/** Counts the rows of one file, each in exactly one way. */
export class RowCounter {
  readonly counts: FileCounts = { read: 0, imported: 0, already_present: 0, repeated: 0, quarantined: 0, codes: {}, flags: {} };

  /** Flags count on imported rows only. */
  imported(flags: readonly string[]): void {
    this.#count('imported');
    tally(this.counts.flags, flags);
  }

  alreadyPresent(): void {
    this.#count('already_present');
  }

  repeated(): void {
    this.#count('repeated');
  }

  /** A row counts once under each of its codes. */
  quarantined(codes: readonly string[]): void {
    this.#count('quarantined');
    tally(this.counts.codes, codes);
  }

  #count(outcome: 'imported' | 'already_present' | 'repeated' | 'quarantined'): void {
    this.counts.read += 1;
    this.counts[outcome] += 1;
  }
}

/** The counts of a file that was refused before anything of it was taken. */
export function refusedCounts(refused: readonly string[]): FileCounts {
  return { ...new RowCounter().counts, refused: [...refused] };
}

/** Two counts of parts of one file as one. */
export function sumOfCounts(one: FileCounts, other: FileCounts): FileCounts {
  return {
    read: one.read + other.read,
    imported: one.imported + other.imported,
    already_present: one.already_present + other.already_present,
    repeated: one.repeated + other.repeated,
    quarantined: one.quarantined + other.quarantined,
    codes: merged(one.codes, other.codes),
    flags: merged(one.flags, other.flags),
  };
}

function tally(totals: Record<string, number>, codes: readonly string[]): void {
  for (const code of new Set(codes)) totals[code] = (totals[code] ?? 0) + 1;
}

function merged(one: Record<string, number>, other: Record<string, number>): Record<string, number> {
  const all = { ...one };
  for (const [code, count] of Object.entries(other)) all[code] = (all[code] ?? 0) + count;
  return all;
}
