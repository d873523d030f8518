export const DIRECTORY = Symbol('the directory, as it is asked; undefined where there is none');
export const PEOPLE = Symbol('people, as it is asked');
