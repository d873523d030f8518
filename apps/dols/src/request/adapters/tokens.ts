export const PEOPLE_URL = Symbol('where people is asked');
