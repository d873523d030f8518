import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

type State = 'tested' | 'held' | 'not_applicable' | 'open';
interface Row {
  requirement: string;
  level: string;
  subject: string;
  state: State;
  where: string;
}

const project = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(project, path), 'utf8');
const columns = ['requirement', 'level', 'subject', 'state', 'where'];
const [header, ...cells] = parse(read('doc/asvs.csv')) as string[][];
const rows = cells.map((values) => Object.fromEntries(columns.map((column, at) => [column, values[at]])) as unknown as Row);
const of = (state: State): Row[] => rows.filter((row) => row.state === state);

/** How many requirements of level 1 and of level 2 each chapter of the ASVS 5.0.0 has. */
const official: Record<number, [number, number]> = {
  1: [8, 19], 2: [4, 7], 3: [8, 11], 4: [2, 8], 5: [4, 5], 6: [13, 22], 7: [6, 12], 8: [4, 3], 9: [4, 3],
  10: [5, 24], 11: [3, 11], 12: [3, 6], 13: [1, 12], 14: [2, 7], 15: [3, 10], 16: [0, 16], 17: [0, 7],
};
/** Of the released list: its ids with their levels, a line each. */
const fingerprint = '1509679b913550082b665bc24fbe490d05336f54e14c21763d10da95f9645956';

const numbersOf = ({ requirement }: Row): number[] => requirement.replace('v5.0.0-', '').split('.').map(Number);
const byNumber = (one: Row, other: Row): number => {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  return a.map((number, at) => number - b[at]!).find((difference) => difference !== 0) ?? 0;
};

/** The tests that are named, as file and name: `FILE: NAME | FILE: NAME`. */
const testsIn = ({ where }: Row): [string, string][] =>
  where.split(' | ').map((one) => [one.slice(0, one.indexOf(': ')), one.slice(one.indexOf(': ') + 2)]);

/** Whether a spec has a test of this name that is not skipped; the name of a `describe` is none. */
function hasTest(file: string, name: string): boolean {
  const escaped = name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return file.endsWith('.spec.ts') && existsSync(join(project, file)) && new RegExp(`(?<!describe|skip|todo)\\((['"\`])${escaped}\\1, `).test(read(file));
}

describe('what is said of each requirement of the ASVS 5.0', () => {
  it('has its columns, and something in each', () => {
    expect(header).toEqual(columns);
    const wrong = rows.filter(({ requirement, level, state, subject, where }) =>
      !/^v5\.0\.0-\d+\.\d+\.\d+$/.test(requirement) || !/^[12]$/.test(level) || !/^(tested|held|not_applicable|open)$/.test(state) || !subject.trim() || !where.trim());
    expect(wrong).toEqual([]);
    expect(cells.filter((values) => values.length !== columns.length)).toEqual([]);
  });

  it('is there for every one of levels 1 and 2, once and in their order', () => {
    expect(rows.map(({ requirement }) => requirement)).toEqual(rows.toSorted(byNumber).map(({ requirement }) => requirement));
    expect(new Set(rows.map(({ requirement }) => requirement)).size).toBe(rows.length);
    const counted = Object.groupBy(rows, (row) => numbersOf(row)[0]!);
    const levels = Object.entries(counted).map(([chapter, those]) => [chapter, ['1', '2'].map((level) => those!.filter((row) => row.level === level).length)]);
    expect(Object.fromEntries(levels)).toEqual(official);
    expect(createHash('sha256').update(rows.map(({ requirement, level }) => `${requirement} ${level}\n`).join('')).digest('hex')).toBe(fingerprint);
  });

  it('names tests that are there, by their very names, where it is tested', () => {
    const missing = of('tested').flatMap((row) => testsIn(row).filter(([file, name]) => !hasTest(file, name)).map(([file, name]) => `${row.requirement}: ${file}: ${name}`));
    expect(missing).toEqual([]);
  });

  it('names files that are there, and says how they hold it, where nothing tries it', () => {
    const missing = of('held').flatMap(({ requirement, where }) => {
      const [files = '', how = ''] = where.split(': ');
      return [...files.split(', ').filter((file) => !existsSync(join(project, file))), ...(how ? [] : ['how'])].map((what) => `${requirement}: ${what}`);
    });
    expect(missing).toEqual([]);
  });
});

/** The thirty checks that everything is tried by: a test's name says the requirement first, then which of them it is. */
describe('the thirty checks of who may see what', () => {
  const named = /(?<!describe|skip|todo)\((['"`])ASVS 5\.0 V\d+\.\d+\.\d+[^:'"`]*, checks? ([\d, –and]+): /g;
  const numbersFrom = (words: string): number[] => words.split(/, | and /).flatMap((part) => {
    const [first, last = first] = part.split('–').map(Number) as [number, number?];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });

  it('are each a test that runs, with the requirement in its name', () => {
    const specs = globSync('{apps,libs,tools,test}/**/*.spec.ts', { cwd: project, exclude: (path) => /(^|\/)(node_modules|dist)$/.test(String(path)) });
    const tried = new Set(specs.filter((file) => !file.endsWith('.long.spec.ts')).flatMap((file) => [...read(file).matchAll(named)]).flatMap(([, , words]) => numbersFrom(words!)));
    expect([...tried].toSorted((one, other) => one - other)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  });
});
