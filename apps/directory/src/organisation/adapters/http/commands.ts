import { Commands } from '#libs/platform';
import type { Organisation, OrganisationCommand, OrganisationEvent } from '../../domain/organisation.js';

export class OrganisationCommands extends Commands<Organisation, OrganisationCommand, OrganisationEvent> {}
