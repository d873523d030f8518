import { ConcernForms } from './concern-forms.ts';

const some = (seed: number, count: number): any[] => {
  const forms = new ConcernForms(seed);
  return Array.from({ length: count }, () => forms.next());
};

describe('invented concerns', () => {
  it('are the same for the same seed and others for another', () => {
    expect(some(1, 20)).toEqual(some(1, 20));
    expect(some(2, 20)).not.toEqual(some(1, 20));
  });

  it('are about people who are plainly invented, and nearly all of them different', () => {
    const people = some(3, 500).map(({ person }) => person);
    expect(people.every(({ familyName }) => familyName.endsWith('invented'))).toBe(true);
    expect(new Set(people.map((person) => JSON.stringify(person))).size).toBe(500);
    expect(new Set(people.map(({ familyName }) => familyName)).size).toBeGreaterThan(400);
  });
});
