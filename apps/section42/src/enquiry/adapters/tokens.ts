export const TRIAGE_URL = Symbol('where triage is asked');
