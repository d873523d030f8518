export { type TestBroker, testBroker } from './broker.js';
export { Browser, type Seen } from './browser.js';
export { type Role, type TestDatabase, testDatabase } from './database.js';
export { doorFor } from './door-for.js';
export { OtherHolder } from './other-holder.js';
export { peerAt } from './peer-at.js';
export { Proxy } from './proxy.js';
export { type Changes, testAudience, TestIssuer } from './test-issuer.js';
export { formWith } from './form-with.js';
