import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generated } from './contracts-document.ts';

const folder = join(import.meta.dirname, '../../libs/contracts/generated');

describe('what is generated from the contracts', () => {
  it('is up to date: npm run generate writes it anew', () => {
    const now = generated();
    expect(readdirSync(folder).toSorted()).toEqual(Object.keys(now).toSorted());
    for (const [name, text] of Object.entries(now)) expect([name, readFileSync(join(folder, name), 'utf8')]).toEqual([name, text]);
  });
});
