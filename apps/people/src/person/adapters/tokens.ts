export const RECEIVERS = Symbol('who is asked, for each kind of record, what it said about its person');
