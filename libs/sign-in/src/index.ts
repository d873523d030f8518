export { doorOf } from './door.js';
export { migrations } from './migrations/index.js';
export { mostIdleMs } from './session.js';
export { signInEnvironment } from './sign-in-config.js';
export { SiteDatabase } from './site-database.js';
