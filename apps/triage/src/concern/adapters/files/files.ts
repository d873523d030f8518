import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { scopeOf } from '#libs/access';
import type { Instant } from '#libs/calendar';
import { isUsed, Narrative, NotFound, once, raisedBy, type Sight, type Standing, type Tx, withRestricted, Words } from '#libs/journal';
import { admit, type Asking, Clock, Database, sightOf } from '#libs/platform';
import { ConcernReading } from '../../application/concern-reading.js';
import { Concerns } from '../../application/concerns.js';
import { heldOf } from '../../application/held.js';
import type { FileKind } from '../../domain/codes.js';
import type { Concern, FileOfConcern, LetInBy } from '../../domain/concern.js';
import { needsLettingIn } from '../../domain/adding.js';
import { needsRoomForFile, opened } from '../../domain/files.js';
import { FollowByCode } from '../follow-by-code.js';
import { FileContents, type FilePlace } from './file-contents.js';
import { asSaid, nameIn, saidKind } from './file-kind.js';
import { FileScans } from './file-scans.js';
import { FileLimits } from './file-settings.js';

/** A file as it arrives. */
export interface Sent {
  name: string;
  type: string;
  content: AsyncIterable<Buffer>;
}

/** A file, for whoever may know of it. Somebody without an account shares their receipt with whoever has the browser next: no name. */
export interface FileView {
  id: string;
  name: string | null;
  kind: FileKind;
  bytes: number;
  state: FileOfConcern['state'];
  addedAt: Instant;
}

export interface FileList {
  items: FileView[];
  mostBytes: number;
  most: number;
}

/** A file that is opened. */
export interface Opened {
  name: string;
  kind: FileKind;
  bytes: number;
  content: AsyncIterable<Buffer>;
}

const isFromPublic = ({ staff }: Asking): boolean => staff.roles.includes('public');
const seesAll = ({ staff }: Asking): boolean => staff.roles.some((role) => scopeOf('concern.add_file', role) === 'any');

/** How somebody comes to the files of a concern: by its id, or by what they hold who follow it by a code. */
export type Way = { recordId: string } | { following: string };

/** A file that came whole. */
interface Whole extends FilePlace {
  way: Way;
  name: string;
  kind: FileKind;
  bytes: number;
}

function letInBy(asking: Asking, way: Way): LetInBy {
  if ('following' in way) return 'code';
  if (isFromPublic(asking)) return 'receipt';
  return seesAll(asking) ? 'work' : 'account';
}

/** The files of concerns: added as they come, listed for whoever added them or works here, opened once they were found clean. */
@Injectable()
export class Files {
  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly reading: ConcernReading,
    private readonly contents: FileContents,
    private readonly scans: FileScans,
    private readonly following: FollowByCode,
    private readonly narrative: Narrative,
    private readonly limits: FileLimits,
    private readonly clock: Clock,
  ) {}

  /** Takes a file. Whoever may not add one, or none any more, is told before anything of it is read. */
  async add(asking: Asking, way: Way, sent: () => Promise<Sent>): Promise<FileView> {
    const sight = this.sightOf(asking, way);
    const { recordId, authority } = await this.database.transaction(sight, (tx) => this.withRoom(tx, asking, way));
    const file = await sent();
    const name = nameIn(file.name);
    const kind = saidKind(name, file.type);
    const place = { fileId: v7(), recordId, authority: authority! };
    const key = await this.database.transaction(sight, (tx) => this.contents.begin(tx, place, this.clock.now()));
    try {
      const digest = createHash('sha256');
      const content = digested(asSaid(file.content, { kind, mostBytes: this.limits.mostBytes }), digest);
      const bytes = await this.contents.keep(this.database.seeing(sight), place, { key, content });
      const request = { ...Object(asking.idempotency?.request), body: { recordId, name, kind, sha256: digest.digest('base64') } };
      const idempotency = asking.idempotency && { ...asking.idempotency, request };
      // What is told of a concern changes tables that whoever raised it sees nothing of; whether they may add to it is asked there again.
      const telling = seesAll(asking) || 'following' in way ? sight : withRestricted([place.authority, raisedBy(asking.staff.id)]);
      return await this.database.transaction(telling, (tx) => once({ tx, vault: this.database.vault }, idempotency, () => this.taken(tx, asking, { ...place, way, name, kind, bytes })), 3);
    } finally {
      // Of one that was taken nothing goes.
      await this.database.transaction(sight, (tx) => this.contents.giveUp(tx, place.fileId));
      void this.scans.go();
    }
  }

  /** What became of the files of a concern: all for whoever works here, and otherwise those that one added. The reading is recorded. */
  list(asking: Asking, way: Way): Promise<FileList> {
    return this.database.transaction(this.sightOf(asking, way), async (tx) => {
      const standing = await this.standing(tx, asking, way);
      needsLettingIn(standing.state, { at: this.clock.now(), letInBy: letInBy(asking, way) });
      await this.reading.record(tx, asking, { standing, what: seesAll(asking) ? 'concern files' : 'own files' });
      const files = filesIn(standing).filter(({ by }) => seesAll(asking) || by === asking.staff.id);
      const names = isFromPublic(asking) ? new Map<string, string>() : await this.narrative.read(tx, files.map(({ name }) => name.textId));
      return { items: files.map((file) => viewOf(file, names.get(file.name.textId) ?? null)), mostBytes: this.limits.mostBytes, most: this.limits.most };
    });
  }

  /** A file that was found clean. That it was opened is recorded before anything of it leaves. */
  async open(asking: Asking, recordId: string, fileId: string): Promise<Opened> {
    const sight = sightOf(asking);
    return this.database.transaction(sight, async (tx) => {
      const standing = await this.admitted(tx, asking, recordId);
      const file = filesIn(standing).find(({ id }) => id === fileId);
      if (!file) throw new NotFound('there is no such file');
      const { name, kind, bytes } = opened(file);
      const content = await this.contents.find(tx, { fileId, recordId }, bytes);
      if (!content) throw new Error('a file is not whole');
      await this.reading.record(tx, asking, { standing, what: 'concern file' });
      const called = (await this.narrative.read(tx, [name.textId])).get(name.textId);
      return { name: called ?? fileId, kind, bytes, content: this.contents.read(this.database.seeing(sight), fileId, content) };
    });
  }

  private async withRoom(tx: Tx, asking: Asking, way: Way): Promise<Standing<Concern>> {
    const standing = await this.standing(tx, asking, way);
    // The last that there was room for, sent again: it has its place.
    if (asking.idempotency && (await isUsed(tx, asking.idempotency))) return standing;
    needsRoomForFile(standing.state, { at: this.clock.now(), by: asking.staff.id, most: this.limits.most, letInBy: letInBy(asking, way) });
    return standing;
  }

  private async taken(tx: Tx, asking: Asking, { way, fileId, recordId, authority, name, kind, bytes }: Whole): Promise<FileView> {
    // It may have been ended meanwhile.
    if ('following' in way) await this.following.followed(tx, asking, way.following);
    const { staff, traceparent } = asking;
    const [now, words] = [this.clock.now(), new Words(this.database.vault)];
    const { state } = await this.concerns.handle(tx, {
      recordId,
      command: { type: 'AddFile', at: now, by: staff.id, fileId, kind, bytes, name: words.keep(name), most: this.limits.most, letInBy: letInBy(asking, way) },
      context: { authority, actor: staff.id, recordedAt: now, traceparent },
      words,
      admits: (before) => admit(asking, { id: recordId, held: heldOf(before) }),
    });
    await this.contents.isWhole(tx, { fileId, recordId, authority }, now);
    return viewOf(filesIn({ state }).find(({ id }) => id === fileId)!, isFromPublic(asking) ? null : name);
  }

  private sightOf = (asking: Asking, way: Way): Sight => ('following' in way ? this.following.sightOf(asking) : sightOf(asking));

  private standing(tx: Tx, asking: Asking, way: Way): Promise<Standing<Concern>> {
    return 'following' in way ? this.following.followed(tx, asking, way.following) : this.admitted(tx, asking, way.recordId);
  }

  private async admitted(tx: Tx, asking: Asking, recordId: string): Promise<Standing<Concern>> {
    const standing = await this.concerns.get(tx, recordId, null);
    admit(asking, { id: recordId, held: heldOf(standing) });
    return standing;
  }
}

const filesIn = ({ state }: Pick<Standing<Concern>, 'state'>): FileOfConcern[] => (state.status === 'absent' ? [] : state.story.files);

const viewOf = ({ id, kind, bytes, state, at }: FileOfConcern, name: string | null): FileView => ({ id, name, kind, bytes, state, addedAt: at });

/** The same, and a digest of it on the way. */
async function* digested(content: AsyncIterable<Buffer>, digest: { update(chunk: Buffer): unknown }): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    digest.update(chunk);
    yield chunk;
  }
}
