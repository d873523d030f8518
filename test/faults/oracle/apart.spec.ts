import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = readdirSync(import.meta.dirname).filter((name) => !name.includes('.spec.'));

describe('the oracle of the fault suite', () => {
  it.each(files)('shares no code with what it judges: %s', (name) => {
    const imports = [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from!);
    expect(imports.filter((from) => from.startsWith('#') || /(^|\/)(apps|libs|tools|dist)\//.test(from))).toEqual([]);
  });
});
