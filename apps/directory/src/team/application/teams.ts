import { Records } from '#libs/journal';
import type { Team, TeamCommand, TeamEvent } from '../domain/team.js';

/** The teams' stories, as handlers need them. */
export class Teams extends Records<Team, TeamCommand, TeamEvent> {}
