/** Something that is not as it should be. `where` holds ids, positions and codes, never content. */
export interface Finding {
  what: string;
  where: Record<string, string | number | null>;
}

/** What a check went through, whatever it found. */
export interface Looked {
  looked: number;
  /** What whoever reads the result has to know besides, such as what could not be known. */
  note?: string;
}

/** One thing that must be true of what is kept. Runs on a live system, in constant memory, and changes nothing. */
export interface Check {
  name: string;
  run(): AsyncGenerator<Finding, Looked>;
}
