import { Records } from '#libs/journal';
import type { Concern, ConcernCommand, ConcernEvent } from '../domain/concern.js';

/** The concerns' stories, as handlers need them. */
export class Concerns extends Records<Concern, ConcernCommand, ConcernEvent> {}
