// By its file: the lib as a whole brings what speaks with the provider, which a migration has nothing to do with.
/** The shape of the site's own schema: sessions, and nothing else. */
export { migrations } from '../../../../libs/sign-in/src/migrations/index.js';
