export const RECORD_URLS = Symbol('where each kind of record is asked what it said about its person');
