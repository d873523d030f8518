import { parseArgs } from 'node:util';
import { ask } from './commands/ask.ts';
import { CommandError, runCommand } from './commands/failure.ts';
import { withSystem } from './start/with-system.ts';
import { settle } from './commands/settle.ts';
import { tellReport } from './commands/tell-report.ts';

const usage = 'npm run report -- --as-of DATE [--known-at TIME] [--authority CODE] [--json]';

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      'as-of': { type: 'string' },
      'known-at': { type: 'string' },
      authority: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (!values['as-of']) throw new CommandError(`Say as of which day: ${usage}`);
  const question = new URLSearchParams({ as_of: values['as-of'] });
  if (values['known-at']) question.set('known_at', values['known-at']);
  if (values.authority) question.set('authority', values.authority);
  const report = await withSystem(async (running) => {
    await settle(running);
    return ask<object>(`${running.services['metrics']!.url}/report?${question}`, { headers: await running.headersOf() });
  });
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : tellReport(report));
});
