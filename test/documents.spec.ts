import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..');
const read = (...path: string[]): string => readFileSync(join(project, ...path), 'utf8');
const records = readdirSync(join(project, 'doc/adr')).filter((name) => name.endsWith('.md'));

describe('decisions that are written down', () => {
  it('have numbers of their own, from 1 without a gap', () => {
    const numbers = records.map((name) => Number(name.slice(0, 4))).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
  });

  it.each(records)('%s says the context, the decision and its consequences, on a page', (name) => {
    const text = read('doc/adr', name);
    for (const part of ['**Context.**', '**Decision.**', '**Consequences.**']) expect(text).toContain(part);
    expect(text).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. `));
    expect(text.split(/\s+/).length).toBeLessThan(700);
  });

  it('that were reversed say by which', () => {
    for (const name of records.filter((one) => /reversed/i.test(read('doc/adr', one).slice(0, 200)))) {
      expect(read('doc/adr', name)).toMatch(/Reversed by \d{4}/);
    }
  });
});

describe('what a newcomer reads', () => {
  const folders = ['apps', 'libs'].flatMap((top) => readdirSync(join(project, top)).map((name) => join(top, name)));

  it.each(folders)('%s has a README of a page', (folder) => {
    expect(existsSync(join(project, folder, 'README.md'))).toBe(true);
    for (const part of ['**Purpose.**', '**Inside.**', '**Talks to.**', '**Surprises.**']) expect(read(folder, 'README.md')).toContain(part);
  });

  it('is built: every app and lib is a project', () => {
    const { projects } = JSON.parse(read('nest-cli.json')) as { projects: Record<string, { root: string }> };
    expect(Object.values(projects).map(({ root }) => root).toSorted()).toEqual(folders.toSorted());
  });

  it('shows the two commands, and pictures that are there', () => {
    const text = read('README.md');
    for (const command of ['npm ci && npm start', 'npm ci && npm test']) expect(text).toContain(command);
    const pictures = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path!);
    for (const path of pictures) expect([path, existsSync(join(project, path))]).toEqual([path, true]);
  });
});
