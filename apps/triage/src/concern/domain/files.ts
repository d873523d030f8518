import { addedTo, needsLettingIn } from './adding.js';
import type { AddFile, JudgeFile } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern, FileOfConcern } from './concern-state.js';
import { refuse } from './refuse.js';
import { kept } from './standing.js';

/** Throws where this concern takes no file any more, or none from them: before anything of it is read. */
export function needsRoomForFile(state: Concern, { most, ...adding }: Pick<AddFile, 'at' | 'by' | 'most' | 'letInBy'>): void {
  needsLettingIn(state, adding);
  if (filesSeen(state, adding).length >= most) refuse('concern/too-many-files', `A concern takes ${most} files at most. Ring us about what else there is.`);
}

/** The files of a concern that takes more. Of whoever sees it as they sent it alone, what others added takes none of the room. */
function filesSeen(state: Concern, { by, letInBy }: Pick<AddFile, 'by' | 'letInBy'>): readonly FileOfConcern[] {
  const { story, isUnseeing } = addedTo(state, { letInBy });
  return isUnseeing ? story.files.filter((file) => file.by === by) : story.files;
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
