import { Records } from '#libs/journal';
import type { Organisation, OrganisationCommand, OrganisationEvent } from '../domain/organisation.js';

/** The organisations' stories, as handlers need them. */
export class Organisations extends Records<Organisation, OrganisationCommand, OrganisationEvent> {}
