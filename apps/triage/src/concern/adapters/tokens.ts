export const PEOPLE = Symbol('people, as it is asked');
