import { z } from 'zod';

/** What was given just now, to be told on the page that comes next. */
export interface GivenTold {
  /** Concerns that were ticked, or an enquiry. */
  kind: 'given' | 'allocated';
  number: number;
  to: string;
  /** Who gave it: nobody else is told so. */
  by: string;
}

/** Long enough for the page that follows, and too short for a bookmark. */
const toldMs = 60_000;
const said = z.object({ kind: z.enum(['given', 'allocated']), until: z.number(), by: z.string(), number: z.number(), to: z.string() });

/** The same in the words that the site signs, with when they run out. */
export const givenText = (told: GivenTold, now: number): string => JSON.stringify({ until: now + toldMs, ...told } satisfies z.infer<typeof said>);

/** What such words say to whoever did it, while they hold; the site has looked at its signature before, under which it says other things too. */
export function givenIn(text: string, kind: GivenTold['kind'], { by, now }: { by: string | undefined; now: number }): GivenTold | undefined {
  const { data } = said.safeParse(parsed(text));
  return data?.kind === kind && now < data.until && data.by === by ? data : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
