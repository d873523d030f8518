import { CommandError, runCommand } from './commands/failure.ts';
import { operated } from './commands/tokens.ts';
import { Home } from './start/home.ts';
import { findRunning } from './start/running.ts';

const usage = 'npm run -s token -- staff-triage-1';

await runCommand(async () => {
  const [who, ...more] = process.argv.slice(2);
  if (!who || more.length > 0) throw new CommandError(`Say whose token you want, one of the invented people: ${usage}`);
  const home = Home.named();
  const running = await findRunning(home);
  if (!running) throw new CommandError(`Nothing runs on ${home.folder}, so nobody gives out tokens. Start it first: npm start`);
  const { authorization = '' } = await operated(home, running).headersOf(who);
  process.stdout.write(`${authorization.replace('Bearer ', '')}\n`);
});
