export const TRIAGE = Symbol('triage, as it is asked');
