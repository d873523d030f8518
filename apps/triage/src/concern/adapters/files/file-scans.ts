import { Injectable, Logger } from '@nestjs/common';
import { withRestricted } from '#libs/journal';
import { Clock, Database, Rounds } from '#libs/platform';
import { Concerns } from '../../application/concerns.js';
import { Scanner } from '../../application/scanner.js';
import type { FileVerdict } from '../../domain/codes.js';
import { FileContents, type Waiting } from './file-contents.js';

const everyMs = 5_000;

/** Has files scanned that wait for it: at once where it hears of one, and otherwise soon; and lets go of what nobody goes on sending. */
@Injectable()
export class FileScans extends Rounds {
  protected readonly logger = new Logger('files');

  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly contents: FileContents,
    private readonly scanner: Scanner,
    private readonly clock: Clock,
  ) {
    super(everyMs, 'no file could be scanned');
  }

  protected override async round(): Promise<void> {
    if (this.isStopped) return;
    await this.database.transaction('every', (tx) => this.contents.giveUpLeft(tx, this.clock.now()));
    for (let due = await this.next(); due; due = await this.next()) await this.scan(due);
  }

  private async next(): Promise<Waiting | undefined> {
    if (this.isStopped || !this.scanner.isThere) return undefined;
    return this.database.transaction('every', (tx) => this.contents.claim(tx, this.clock.now()));
  }

  private async scan(waiting: Waiting): Promise<void> {
    const { fileId, tries } = waiting;
    try {
      const verdict = await this.verdict(waiting);
      await this.settle(waiting, verdict);
      this.logger.log({ kind: 'file judged', file: fileId, verdict, tries });
    } catch (error) {
      this.logger.warn({ kind: 'file not scanned', file: fileId, tries, name: (error as Error).name, code: (error as { code?: string }).code });
      await this.database.transaction(withRestricted([waiting.authority]), (tx) => this.contents.later(tx, waiting, this.clock.now()));
    }
  }

  /** What the scanner says; undefined where nobody asks any more. */
  private async verdict({ fileId, recordId, authority }: Waiting): Promise<FileVerdict | undefined> {
    const sight = withRestricted([authority]);
    const found = await this.database.transaction(sight, async (tx) => {
      const { state } = await this.concerns.get(tx, recordId, authority);
      const file = state.status === 'absent' ? undefined : state.story.files.find(({ id }) => id === fileId);
      if (file?.state !== 'held') return undefined;
      const content = await this.contents.find(tx, { fileId, recordId }, file.bytes);
      if (!content) throw new Error('a file is not whole');
      return content;
    });
    return found && this.scanner.scan(this.contents.read(this.database.seeing(sight), fileId, found));
  }

  private async settle({ fileId, recordId, authority }: Waiting, verdict: FileVerdict | undefined): Promise<void> {
    await this.database.transaction(withRestricted([authority]), async (tx) => {
      const now = this.clock.now();
      const judged = verdict && (await this.concerns.handle(tx, { recordId, command: { type: 'JudgeFile', at: now, fileId, verdict }, context: { authority, actor: null, recordedAt: now } }));
      // The first word on it stands, whoever else scanned it meanwhile.
      const isRefused = judged?.state.status !== 'absent' && judged?.state.story.files.some(({ id, state }) => id === fileId && state === 'refused');
      await this.contents.settle(tx, fileId, { isKept: !isRefused });
    }, 3);
  }
}
