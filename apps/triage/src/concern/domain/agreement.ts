/** What two people said of the same, and of how many cases. */
export interface Pair {
  first: string;
  second: string;
  times: number;
}

/** How far two people agree beyond what chance alone would bring. */
export interface Agreement {
  pairs: number;
  agreed: number;
  /** Cohen's kappa: 1 where they always agree, 0 where no more than by chance. Null where it says nothing. */
  kappa: number | null;
  /** The bounds between which it lies with 95 % confidence. */
  low: number | null;
  high: number | null;
}

/** How consistency is worked out, in words: whoever shows it takes them from here. */
export const consistencyDefined =
  'A share of the decisions (5% unless the council sets another) is drawn by lot when they are made, by a keyed hash that nobody who decides can foresee. Somebody who neither made nor saw the decision makes it again on what was known before it. Agreement is Cohen’s kappa for each of the three questions of section 42(1) and for the outcome, with its large-sample 95% interval (Cohen 1960), over the second looks given in the twelve months that end with the day.';

/** Of fewer, kappa says nothing that could be relied on. */
export const FEWEST_PAIRS = 10;

/** The 97.5th percentile of the normal distribution. */
const z = 1.959964;

/** Cohen's kappa with its large-sample interval (Cohen, Educational and Psychological Measurement 20, 1960). */
export function agreementOf(pairs: readonly Pair[]): Agreement {
  const all = sum(pairs);
  const agreed = sum(pairs.filter(({ first, second }) => first === second));
  const answers = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))];
  const share = (of: (pair: Pair) => boolean): number => sum(pairs.filter(of)) / all;
  const byChance = answers.reduce((chance, answer) => chance + share(({ first }) => first === answer) * share(({ second }) => second === answer), 0);
  const counts = { pairs: all, agreed };
  // Where everybody always says the same, nothing is left that chance does not explain.
  if (all < FEWEST_PAIRS || byChance === 1) return { ...counts, kappa: null, low: null, high: null };
  const observed = agreed / all;
  const kappa = (observed - byChance) / (1 - byChance);
  const margin = (z * Math.sqrt((observed * (1 - observed)) / all)) / (1 - byChance);
  return { ...counts, kappa, low: Math.max(-1, kappa - margin), high: Math.min(1, kappa + margin) };
}

const sum = (pairs: readonly Pair[]): number => pairs.reduce((total, { times }) => total + times, 0);
