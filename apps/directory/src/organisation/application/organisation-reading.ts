import { NamedReading } from '../../named-reading.js';
import type { Organisation, OrganisationCommand, OrganisationEvent } from '../domain/organisation.js';

/** Reading organisations. */
export class OrganisationReading extends NamedReading<Organisation, OrganisationCommand, OrganisationEvent> {}
