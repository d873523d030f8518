import { z } from 'zod';
import { count, timeInWords } from '#libs/pages';
import { paths } from '../paths.js';

const TROUBLES: Record<string, string> = {
  no_answer: 'Nobody answered in time',
  refused: 'It was not taken',
  redirected: 'It led elsewhere, and is not followed there',
  unsafe: 'Its address may not be told',
  gone: 'It said that it is there no more',
  too_many: 'More waited for it than is kept',
};

const ENDED = { gone: 'it said that it is there no more', too_many: 'more waited for it than is kept' };

const STATES: Record<string, string> = {
  received: 'Received',
  being_looked_at: 'Being looked at',
  more_wanted: 'More is wanted',
  decided: 'Decided',
  told: 'Told',
  taken_back: 'Taken back',
};

/** Who is told of changes, and what did not reach them, as `triage` tells it. */
export const told = z.object({
  items: z.array(
    z.object({ program: z.string(), origin: z.string().nullable(), setAt: z.string().nullable(), goneAt: z.string().nullable(), goneWhy: z.enum(['gone', 'too_many']).nullable(), waiting: z.number(), setAside: z.number(), oldestWaiting: z.string().nullable() }),
  ),
  setAside: z.array(z.object({ id: z.string(), program: z.string(), state: z.string(), happenedAt: z.string(), tries: z.number(), trouble: z.string(), answered: z.number().nullable() })),
});
type Told = z.infer<typeof told>;

export function programsPage({ items, setAside }: Told) {
  return {
    title: 'Partners’ programs',
    here: paths.programs(),
    summary: items.length === 0 ? 'No program is told of changes.' : `${count(items.length, 'program')} ${items.length === 1 ? 'is' : 'are'} told how the concerns go on that they raised.`,
    programs: items.map((one) => ({ program: one.program, where: one.origin ?? 'Not known here', how: standing(one), waiting: waitingOf(one), setAside: `${one.setAside} set aside` })),
    setAside: setAside.map(({ id, program, state, happenedAt, tries, trouble, answered }) => ({
      id,
      program,
      what: `${STATES[state] ?? state}, ${timeInWords(happenedAt)}`,
      why: `${TROUBLES[trouble] ?? trouble}${answered === null ? '' : ` (${answered})`}`,
      tries: `${tries} ${tries === 1 ? 'try' : 'tries'}`,
    })),
  };
}

function standing({ setAt, goneAt, goneWhy }: Told['items'][number]): string {
  if (goneAt !== null) return `Told nothing since ${timeInWords(goneAt)}: ${ENDED[goneWhy ?? 'gone']}`;
  return setAt === null ? 'It acts for another council, or for none' : `Since ${timeInWords(setAt)}`;
}

/** On a telephone each row is a card without the heads of the columns, so that figures say what they are. */
const waitingOf = ({ waiting, oldestWaiting }: Told['items'][number]): string => `${waiting} waiting${oldestWaiting === null ? '' : `, the first since ${timeInWords(oldestWaiting)}`}`;
