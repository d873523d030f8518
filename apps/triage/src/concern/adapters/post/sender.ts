import { Injectable, Logger } from '@nestjs/common';
import { type Tx, withRestricted } from '#libs/journal';
import { Clock, Database, Rounds } from '#libs/platform';
import { Concerns } from '../../application/concerns.js';
import { type Letter, type Passage, Post } from '../../application/post.js';
import { type Concern, type ConcernCommand, mayBeSource } from '../../domain/concern.js';
import { mayFollow } from '../../domain/following.js';
import { isDecidedBefore, isNoticeWanted } from '../../domain/noticing.js';
import { type Sending, Sendings } from '../persistence/sendings.js';

const everyMs = 5_000;

/** Nobody wants it any more; or it must not be sent any more, which is told. */
type Unsent = 'unwanted' | Extract<Passage, { is: 'not_sent' }>;

/** Sends what waits, after the transaction in which that was decided: at once where it hears of it, and otherwise soon. */
@Injectable()
export class Sender extends Rounds {
  protected readonly logger = new Logger('sending');

  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly sendings: Sendings,
    private readonly post: Post,
    private readonly clock: Clock,
  ) {
    super(everyMs, 'nothing could be sent');
  }

  protected override get isOnDuty(): boolean {
    return this.post.by !== 'nobody';
  }

  protected override async round(): Promise<void> {
    for (let due = await this.next(); due; due = await this.next()) {
      const { id, tries } = due;
      await this.carry(due).catch((error: unknown) => this.logger.warn({ kind: 'not sent', name: (error as Error).name, sending: id, tries }));
    }
  }

  /** One at a time: what is claimed is sent at once, or somebody else may take it for left behind. */
  private async next(): Promise<Sending | undefined> {
    if (this.isStopped || this.post.by === 'nobody') return undefined;
    return this.database.transaction('every', (tx) => this.sendings.claim(tx, this.clock.now()));
  }

  private async carry(sending: Sending): Promise<void> {
    const sight = withRestricted([sending.authority]);
    const opened = await this.database.transaction(sight, (tx) => this.open(tx, sending));
    const passage = 'to' in Object(opened) ? await this.pass(sending, opened as Letter) : (opened as Unsent);
    await this.database.transaction(sight, (tx) => this.settle(tx, sending, passage), 3);
    if (passage !== 'unwanted' && passage.is !== 'delivered' && passage.is !== 'handed_over') this.logger.warn({ kind: 'not sent', is: passage.is, why: passage.is === 'later' ? passage.trouble : passage.reason, sending: sending.id, tries: sending.tries });
  }

  /** What it says, unless it is not to be sent any more. */
  private async open(tx: Tx, sending: Sending): Promise<Letter | Unsent> {
    const letter = await this.sendings.letter(tx, sending);
    const isOver = sending.endsAt !== null && sending.endsAt <= this.clock.now();
    if (!letter || (isOver && sending.kind !== 'asked')) return 'unwanted';
    const { state } = await this.concerns.get(tx, sending.recordId, sending.authority);
    if (sending.kind === 'code') return mayFollow(state) ? letter : 'unwanted';
    if (sending.kind === 'asked') return noticeNow(state, sending, isOver) ?? letter;
    if (state.status !== 'triaged' || state.sending?.sendingId !== sending.id) return 'unwanted';
    // It may have come out since it was written.
    return sending.handedOver === null && mayBeSource(state.story) ? { is: 'not_sent', reason: 'may_be_source' } : letter;
  }

  private pass(sending: Sending, letter: Letter): Promise<Passage> {
    return sending.handedOver === null ? this.post.send(letter, sending.tries > 1) : this.post.fate(sending.handedOver);
  }

  private async settle(tx: Tx, sending: Sending, passage: Passage | 'unwanted'): Promise<void> {
    const now = this.clock.now();
    if (passage === 'unwanted') return this.sendings.drop(tx, sending);
    if (passage.is === 'later') return this.sendings.later(tx, sending, { now, trouble: passage.trouble });
    // Whether a code arrived is seen by its being typed.
    if (passage.is === 'handed_over' && sending.kind !== 'code') return this.sendings.later(tx, sending, { now, handedOver: passage.as });
    if (passage.is === 'not_sent' && sending.kind !== 'code') await this.tell(tx, sending, { type: 'RecordNotSent', at: now, sendingId: sending.id, reason: passage.reason });
    if (passage.is === 'delivered' && sending.kind === 'told') await this.tell(tx, sending, { type: 'RecordSent', at: now, sendingId: sending.id });
    await this.sendings.drop(tx, sending);
  }

  private async tell(tx: Tx, { recordId, authority }: Sending, command: ConcernCommand): Promise<void> {
    await this.concerns.handle(tx, { recordId, command, context: { authority, actor: null, recordedAt: this.clock.now() } });
  }
}

/** Why a notice is not to be sent, or not looked after, any more; undefined: it is. What was handed over and not heard of by its end may have arrived. */
function noticeNow(state: Concern, { id, handedOver }: Sending, isOver: boolean): Unsent | undefined {
  if (handedOver !== null) return isOver ? 'unwanted' : undefined;
  // First: what a decision ended is told as that, whatever came out since.
  if (isDecidedBefore(state, id)) return { is: 'not_sent', reason: 'decided' };
  if (state.status === 'awaiting-triage' && mayBeSource(state.story)) return { is: 'not_sent', reason: 'may_be_source' };
  if (!isNoticeWanted(state, id)) return 'unwanted';
  return isOver ? { is: 'not_sent', reason: 'refused' } : undefined;
}
