import { Commands } from '#libs/platform';
import { heldOf } from '../../../held.js';
import type { Organisation, OrganisationCommand, OrganisationEvent } from '../../domain/organisation.js';

export class OrganisationCommands extends Commands<Organisation, OrganisationCommand, OrganisationEvent> {
  protected override held = heldOf;
}
