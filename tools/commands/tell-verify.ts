import type { CheckResult, FoundWrong, Verified } from './verify-services.ts';

/** What a check looks at, and what to do about what it finds. */
interface Meaning {
  looksAt: string;
  whatToDo: string;
}

const meanings: Record<string, Meaning> = {
  chain: {
    looksAt: 'events',
    whatToDo: 'An event was changed after it was recorded, or one is missing. Keep the database as it is, take a copy of it and of the seal file, and find out who had access. The right rows are in the last backup in which this check holds.',
  },
  seal: {
    looksAt: 'sealed events',
    whatToDo: 'Rows that were sealed are missing or changed, or the seals themselves are. Where only the newest rows are missing, ask first whether the database was restored from a backup: then the seal file knows more than the database, and what it lists was lost. Otherwise do as for "chain".',
  },
  audit: {
    looksAt: 'sealed audit rows',
    whatToDo: 'The record of who read or did what was changed. Do as for "chain", and tell whoever answers for data protection.',
  },
  keys: {
    looksAt: 'keys of records',
    whatToDo: 'What was said of a record cannot be read: its key was changed or deleted, or the key file is not the one of this database\'s time. Put the right key file back; the right rows are in the last backup in which this check holds.',
  },
  files: {
    looksAt: 'files',
    whatToDo: 'What came with a concern is missing, or was changed or added. The story is right; the rows (file_part, and the key in record_key) are in the last backup in which this check holds.',
  },
  outbox: {
    looksAt: 'events waiting',
    whatToDo: 'Events have waited too long for the broker, so other services do not know of them yet. Nothing is lost. See whether the broker runs and has room; the service\'s log says why its relay fails.',
  },
  'read-tables': {
    looksAt: 'records',
    whatToDo: 'What the pages show differs from the record. Where chain and seal hold, the record is right: make the pages\' tables again: npm run rebuild -- read-tables SERVICE',
  },
  aliases: {
    looksAt: 'joinings of people',
    whatToDo: 'A service leads somebody who was joined into another on to the wrong person, or nowhere. Make it right again: npm run rebuild -- read-tables SERVICE',
  },
  restrictions: {
    looksAt: 'restrictions told',
    whatToDo: 'A record that is restricted could be shown to somebody whom it is not open to, or is closed to somebody. Make it right again: npm run rebuild -- read-tables SERVICE',
  },
  namings: {
    looksAt: 'records of extracts',
    whatToDo: 'Somebody whom only restricted records of an extract name could be found by others, or not be found by whom they are open to. So it is after an upgrade, of what was imported before. Make it right: npm run rebuild -- read-tables people',
  },
  identities: {
    looksAt: 'people',
    whatToDo: 'Where somebody cannot be found by what they should be found by, records about them would make them anew: npm run rebuild -- read-tables people. Where who somebody is is missing or cannot be read, it was changed or deleted; the right rows, and their keys in record_key, are in the last backup in which this check holds.',
  },
  claims: {
    looksAt: 'claims',
    whatToDo: 'What a record said about its person was changed, deleted or added. The story is right; the rows are in the last backup in which this check holds.',
  },
  inbox: {
    looksAt: 'events of others',
    whatToDo: 'A service does not know of events that others told. Where the check "stream" of the service that told them finds them missing too: npm run rebuild -- streams SERVICE. Otherwise, as after an upgrade of the service that does not know, or after it was away for longer than the streams keep anything: npm run rebuild -- messages SERVICE. What was set aside: npm run dead-letters',
  },
  stream: {
    looksAt: 'published events',
    whatToDo: 'The broker has lost events that were given to it. Send them again: npm run rebuild -- streams SERVICE',
  },
  facts: {
    looksAt: 'events of others',
    whatToDo: 'What the measures count differs from what was told. Work it out again: npm run rebuild -- facts',
  },
  'dead-letters': {
    looksAt: 'messages set aside',
    whatToDo: 'Messages could not be taken and wait for a person: npm run dead-letters',
  },
};

const unknown: Meaning = { looksAt: 'looked at', whatToDo: 'The log of the service says more.' };

const meaningOf = (check: string): Meaning => meanings[check] ?? unknown;

const placeOf = (where: FoundWrong['where']): string =>
  Object.entries(where)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** One thing that is wrong, on a line. */
export const tellFinding = ({ what, where }: FoundWrong): string => `      ${what}: ${placeOf(where)}`;

/** One check that has come to its end, on a line, with what has to be known besides under it. */
export function tellCheck({ check, looked, findings, note, failed }: CheckResult): string {
  const verdict = failed ? `COULD NOT BE DONE (${failed})` : findings > 0 ? `${findings.toLocaleString('en-GB')} WRONG` : 'holds';
  const line = `  ${check.padEnd(14)}${looked.toLocaleString('en-GB').padStart(12)} ${meaningOf(check).looksAt.padEnd(20)} ${verdict}`;
  return note ? `${line}\n      ${note}` : line;
}

/** What everything else follows from: while one of these does not hold, nothing may be made again from it. */
const records = new Set(['chain', 'seal', 'audit']);

/** What it comes to, and what to do: first what must not be made worse. */
export function tellVerdict({ ok, checks, notListed }: Verified): string {
  const services = new Set(checks.map(({ service }) => service)).size;
  if (ok) return `Everything holds: ${checks.length} checks in ${services} services.`;
  const wrong = checks.filter(({ findings, failed }) => findings > 0 || failed);
  const places = wrong.map(({ service, check, findings, failed }) => `  ${service} ${check}: ${failed ? 'could not be done' : findings.toLocaleString('en-GB')}`);
  const broken = [...new Set(wrong.filter(({ failed }) => !failed).map(({ check }) => check))];
  const tampered = broken.filter((check) => records.has(check));
  const todo = [...tampered, ...broken.filter((check) => !records.has(check))].map((check) => `  ${check}: ${meaningOf(check).whatToDo}`);
  if (tampered.length > 0) todo.unshift(`  STOP. The record itself is not whole (${tampered.join(', ')}). Rebuild nothing until that is looked into: it would be made from what was changed.`);
  if (wrong.some(({ failed }) => failed)) todo.push('  A check that could not be done says nothing either way. The log of its service says why; run the command again.');
  return ['NOT EVERYTHING HOLDS.', '', 'Where:', ...places, ...(notListed > 0 ? [`  (${notListed.toLocaleString('en-GB')} findings more than were listed)`] : []), '', 'What to do:', ...todo].join('\n');
}
