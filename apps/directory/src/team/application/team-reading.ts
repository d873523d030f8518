import { NamedReading } from '../../named-reading.js';
import type { Team, TeamCommand, TeamEvent } from '../domain/team.js';

/** Reading teams. */
export class TeamReading extends NamedReading<Team, TeamCommand, TeamEvent> {}
