import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { differences } from './differences.ts';
import { judgeExtract, noRows } from './judge.ts';
import { report } from './report.ts';

const usage = 'node test/oracle/compare.ts FOLDER REPORT.json [IMPORT.json] --as-of DAY [--run-started-at TIME] [--after FOLDER]... [--authority CODE]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'as-of': { type: 'string' }, 'run-started-at': { type: 'string' }, after: { type: 'string', multiple: true }, authority: { type: 'string' } },
});
const [folder, reportFile, importFile] = positionals;
const asOf = values['as-of'];
if (!folder || !reportFile || !asOf) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}

const began = values['run-started-at'] ?? new Date().toISOString();
const held = (values.after ?? []).reduce((rows, earlier) => judgeExtract(earlier, began, rows).rows, noRows());
const judgement = judgeExtract(folder, began, held);
const expected = report(judgement.rows, asOf, values.authority === undefined ? {} : { authority: values.authority });
const found = [
  ...differences(expected, readJson(reportFile)).map((one) => `report ${one}`),
  ...(importFile ? differences(comparable(judgement.report), comparable(readJson(importFile))).map((one) => `import ${one}`) : []),
];
process.stdout.write(found.map((one) => `${one}\n`).join(''));
process.exitCode = found.length > 0 ? 1 : 0;

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The order in which refused columns are named says nothing. */
function comparable(report: unknown): unknown {
  return JSON.parse(JSON.stringify(report), (key, value: unknown) => (key === 'refused' && Array.isArray(value) ? value.map(String).toSorted() : value));
}
