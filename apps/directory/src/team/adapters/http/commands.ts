import { Commands } from '#libs/platform';
import { heldOf } from '../../../held.js';
import type { Team, TeamCommand, TeamEvent } from '../../domain/team.js';

export class TeamCommands extends Commands<Team, TeamCommand, TeamEvent> {
  protected override held = heldOf;
}
