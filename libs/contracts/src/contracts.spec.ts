import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contracts, parseContract } from './index.js';

const folder = join(import.meta.dirname, '../fixtures');
const fixtures = readdirSync(folder).map((name) => ({ name, example: JSON.parse(readFileSync(join(folder, name), 'utf8')) }));

describe('the examples of every contract, kept for ever', () => {
  it.each(fixtures)('$name reads as it did when it was written', ({ example }) => {
    expect(parseContract(example)).toEqual(example);
  });

  it('leave none out', () => {
    const types = contracts.map((contract) => contract.shape.type.value);
    expect(fixtures.map(({ example }) => example.type).toSorted()).toEqual(types.toSorted());
  });

  it.each(fixtures)('$name with a later, unknown field is still read', ({ example }) => {
    const later = { ...example, data: { ...example.data, somethingNew: 1 } };
    expect(parseContract(later).data).toEqual(example.data);
  });

  it.each(fixtures)('$name of a wrong version is refused', ({ example }) => {
    expect(() => parseContract({ ...example, type: example.type.replace(/v\d+$/, 'v99') })).toThrow('no contract of the type');
  });

  it.each(fixtures)('$name without any one of its fields is refused', ({ example }) => {
    for (const field of Object.keys(example).filter((key) => key !== 'type')) {
      const { [field]: _left, ...rest } = example;
      expect(() => parseContract(rest)).toThrow(field);
    }
  });

  it('carry nothing that could name a person', () => {
    const said = fixtures.flatMap(({ example }) => Object.keys(example.data));
    for (const field of said) expect(field).not.toMatch(/name|birth|nhs|address|postcode|narrative|words|reasonText/i);
  });
});
