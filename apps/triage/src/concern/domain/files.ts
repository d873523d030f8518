import { addHours, type Instant } from '#libs/calendar';
import type { AddFile, JudgeFile } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern, FileOfConcern } from './concern-state.js';
import { needsFollower } from './following.js';
import { refuse } from './refuse.js';
import { mayBeSource } from './sending.js';
import { held, kept } from './standing.js';

/** As long as a session lasts at most: so long somebody without an account has their receipt in hand. */
const RECEIPT_HOURS = 12;

/** Throws where this concern takes no file any more, or none from them: before anything of it is read. */
export function needsRoomForFile(state: Concern, { most, ...adding }: Pick<AddFile, 'at' | 'by' | 'most' | 'letInBy'>): void {
  needsLettingIn(state, adding);
  if (filesSeen(state, adding).length >= most) refuse('concern/too-many-files', `A concern takes ${most} files at most. Ring us about what else there is.`);
}

/**
 * The files of a concern that takes more. One that was entered in error takes none; but whoever raised it and may be the one
 * who causes the harm sees it as they sent it, for good, so they are answered as if nobody had looked at it: what they add is
 * taken, and what others added takes none of its room.
 */
function filesSeen(state: Concern, { by, letInBy }: Pick<AddFile, 'by' | 'letInBy'>): readonly FileOfConcern[] {
  const { story } = kept(state);
  const isUnseeing = (letInBy === 'account' || letInBy === 'receipt') && mayBeSource(story.particulars);
  return isUnseeing ? story.files.filter((file) => file.by === by) : held(state).story.files;
}

/** Throws where somebody without an account can add nothing any more, nor see what they added. */
export function needsLettingIn(state: Concern, { at, letInBy }: Pick<AddFile, 'at' | 'letInBy'>): void {
  if (letInBy === 'code') needsFollower(state);
  if (letInBy === 'receipt') needsReceipt(state, at);
}

function needsReceipt(state: Concern, at: Instant): void {
  if (at > addHours(kept(state).story.receivedAt, RECEIPT_HOURS)) refuse('concern/receipt-over', `With the receipt alone, files can be added for ${RECEIPT_HOURS} hours. Follow your concern with a code to add more, or ring us.`);
}

export const takeOrJudge = (command: AddFile | JudgeFile, state: Concern): ConcernEvent[] => (command.type === 'AddFile' ? addFile(command, state) : judgeFile(command, state));

/** Takes a file that came whole. What else was said of the concern stands as it did. */
function addFile(command: AddFile, state: Concern): ConcernEvent[] {
  const { at, by, fileId, kind, bytes, name } = command;
  if (kept(state).story.files.some(({ id }) => id === fileId)) return [];
  needsRoomForFile(state, command);
  if (name === null) return refuse('concern/file-name-required', 'The file has no name.');
  return [{ type: 'FileAdded', at, by, fileId, kind, bytes, name }];
}

/** Notes what the scanner found of a file, once. */
function judgeFile({ at, fileId, verdict }: JudgeFile, state: Concern): ConcernEvent[] {
  const file = state.status === 'absent' ? undefined : state.story.files.find(({ id }) => id === fileId);
  return file?.state === 'held' ? [{ type: 'FileJudged', at, fileId, verdict }] : [];
}

/** The file, if it may be opened. */
export function opened(file: FileOfConcern): FileOfConcern {
  if (file.state === 'held') refuse('concern/file-held', 'This file was not checked for harmful software yet, and cannot be opened before that.');
  if (file.state === 'refused') refuse('concern/file-refused', 'This file was found to be harmful, and deleted.');
  return file;
}
