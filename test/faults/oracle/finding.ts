/** What the oracle found wrong: something that was acknowledged and is not there, something that is there more than once, or anything else. */
export interface Finding {
  kind: 'lost' | 'doubled' | 'wrong';
  what: string;
}

export const lost = (what: string): Finding => ({ kind: 'lost', what });
export const doubled = (what: string): Finding => ({ kind: 'doubled', what });
export const wrong = (what: string): Finding => ({ kind: 'wrong', what });
