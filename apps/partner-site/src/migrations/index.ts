// By its file: the lib as a whole brings what speaks with the provider, which a migration has nothing to do with.
import { migrations as sessions } from '../../../../libs/sign-in/src/migrations/index.js';
import { CreateDrafts1795396000001 } from './1795396000001-create-drafts.js';

/** The shape of the site's own schema, step by step: sessions, and drafts of concerns. */
export const migrations = [...sessions, CreateDrafts1795396000001];
