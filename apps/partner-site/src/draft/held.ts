import { readCode } from './secret.js';

/** What a browser holds: the secret of its draft, and for a while the code that was typed there and has not yet become it. */
export interface Held {
  secret: string;
  opening?: Opening;
}

/** A return code that was typed in a browser, and when: its answers move there as soon as that browser comes back. */
export interface Opening {
  code: string;
  at: number;
}

/** So long a browser may take to come back. */
export const openingMs = 10 * 60_000;

const shape = /^([\w-]{43})(?:\.([0-9A-Z]+)\.([0-9a-z]{1,11}))?$/;

/** As a cookie keeps it. */
export const writeHeld = ({ secret, opening }: Held): string => (opening ? `${secret}.${opening.code}.${opening.at.toString(36)}` : secret);

/** As a cookie gives it back; what is none: undefined. */
export function readHeld(kept: string | undefined): Held | undefined {
  const [, secret, typed, at] = shape.exec(kept ?? '') ?? [];
  if (!secret) return undefined;
  const code = typed && readCode(typed);
  return code && at ? { secret, opening: { code, at: Number.parseInt(at, 36) } } : { secret };
}
