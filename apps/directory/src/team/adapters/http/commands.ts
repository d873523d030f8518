import { Commands } from '#libs/platform';
import type { Team, TeamCommand, TeamEvent } from '../../domain/team.js';

export class TeamCommands extends Commands<Team, TeamCommand, TeamEvent> {}
