import { NamedReading } from '../../named-reading.js';
import type { Mention, MentionCommand, MentionEvent } from '../domain/mention.js';

/** Reading which names wait to be matched. */
export class MentionReading extends NamedReading<Mention, MentionCommand, MentionEvent> {}
