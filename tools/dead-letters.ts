import { parseArgs } from 'node:util';
import { CommandError, runCommand } from './commands/failure.ts';
import { type Letter, Letters, lineOf, type Opened, type Sent } from './commands/letters.ts';
import { withSystem } from './start/with-system.ts';

const usage = 'npm run dead-letters [-- list | show ID | resend ID|--all --why TEXT] [--as STAFF] [--json]';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Asked {
  what: string;
  id: string | undefined;
  all: boolean;
  why: string | undefined;
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      why: { type: 'string' },
      as: { type: 'string', default: 'staff-data-1' },
      json: { type: 'boolean', default: false },
    },
  });
  const [what = 'list', id] = positionals;
  const asked: Asked = { what, id, all: values.all, why: values.why?.trim() };
  refuseNonsense(asked, positionals.length);
  const told = await withSystem((running) => carryOut(new Letters(running, values.as), asked));
  if (values.json) say(JSON.stringify(told));
  else tell(told);
});

function refuseNonsense({ what, id, all, why }: Asked, given: number): void {
  if (!['list', 'show', 'resend'].includes(what) || given > 2) throw new CommandError(usage);
  if (what === 'list' && id !== undefined) throw new CommandError(`A list takes no id: ${usage}`);
  if (what === 'show' && id === undefined) throw new CommandError(`Say which message is to be shown: ${usage}`);
  if (what !== 'resend') return;
  if ((id === undefined) !== all) throw new CommandError(`Say which message is to be sent again, or --all: ${usage}`);
  if (!why) throw new CommandError(`Say why it is sent again: ${usage}`);
}

type Told = { letters: Letter[] } | { opened: Opened[] } | { sent: Sent[] };

async function carryOut(letters: Letters, { what, id, why }: Asked): Promise<Told> {
  if (what === 'list') return { letters: await letters.list() };
  if (what === 'show') return { opened: await Promise.all((await letters.named(id!)).map((letter) => letters.open(letter))) };
  const chosen = id === undefined ? await letters.list() : await letters.find(id);
  if (id !== undefined && chosen.length === 0) return toldOf(await letters.sendUnlisted(id, why!));
  const sent: Sent[] = [];
  // One after another: what comes later may build on what comes first.
  for (const letter of chosen) sent.push(await letters.sendAgain(letter, why!));
  return toldOf(sent);
}

function toldOf(sent: Sent[]): Told {
  if (sent.some(({ outcome }) => outcome !== 'taken')) process.exitCode = 1;
  return { sent };
}

function tell(told: Told): void {
  if ('letters' in told) {
    for (const letter of told.letters) say(lineOf(letter));
    say(told.letters.length === 0 ? 'No message waits for a person.' : `\n${told.letters.length} messages were set aside. npm run dead-letters -- show ID says what one tells; mend what keeps it from being taken, then resend it.`);
  } else if ('opened' in told) {
    for (const { contract, foundIn, ...letter } of told.opened) {
      say(lineOf(letter));
      say(contract ? `found in the ${foundIn}:\n${JSON.stringify(contract, null, 2)}` : foundIn ? 'It can be found and not be read by this version of the service.' : 'Nobody has it any more.');
    }
  } else {
    for (const { service, id, outcome, errorClass, whatToDo } of told.sent) {
      say(`${service.padEnd(9)}  ${id}  ${outcome === 'taken' ? 'taken' : `${outcome === 'failed_again' ? `failed again (${errorClass})` : 'not tried'}. ${whatToDo}`}`);
    }
    say(`${told.sent.filter(({ outcome }) => outcome === 'taken').length} of ${told.sent.length} were taken.`);
  }
}
