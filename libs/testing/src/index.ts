export { type TestBroker, testBroker } from './broker.js';
export { type TestDatabase, testDatabase } from './database.js';
export { Proxy } from './proxy.js';
