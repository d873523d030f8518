import { Records } from '#libs/journal';
import type { RequestCommand } from '../domain/commands.js';
import type { RequestEvent } from '../domain/events.js';
import type { Request } from '../domain/state.js';

/** The requests' stories, as handlers need them. */
export class Requests extends Records<Request, RequestCommand, RequestEvent> {}
