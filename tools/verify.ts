import { parseArgs } from 'node:util';
import { runCommand } from './commands/failure.ts';
import { settle } from './commands/settle.ts';
import { tellCheck, tellFinding, tellVerdict } from './commands/tell-verify.ts';
import { type CheckResult, type FoundWrong, verifyServices } from './commands/verify-services.ts';
import { Home } from './start/home.ts';
import { findRunning } from './start/running.ts';
import { withSystem } from './start/with-system.ts';

await runCommand(async () => {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const say = (text: string): void => void (values.json || process.stdout.write(`${text}\n`));
  const wasRunning = await findRunning(Home.named());
  let [current, awaited] = ['', ''];
  const head = ({ service }: { service: string }): void => {
    if (service !== current) say(`\n${service}`);
    current = service;
  };
  const listener = {
    onFinding: (finding: FoundWrong): void => (head(finding), say(tellFinding(finding))),
    onWaiting: (service: string): void => {
      if (service !== awaited) say(`\n${service} is being verified by somebody else. Waiting until that is done.`);
      awaited = service;
    },
    onCheck: (result: CheckResult): void => (head(result), say(tellCheck(result))),
  };
  const verified = await withSystem(async (running) => {
    // A system that has only just been started has yet to carry what waited since it was stopped.
    if (!wasRunning) await settle(running);
    return verifyServices(running, listener);
  });
  say(`\n${tellVerdict(verified)}`);
  if (values.json) process.stdout.write(`${JSON.stringify(verified)}\n`);
  process.exitCode = verified.ok ? 0 : 1;
});
