import { HttpException, Injectable } from '@nestjs/common';
import type { Contract } from '#libs/contracts';
import { type DeadLetters, LetterGone, type Resending, type Resent, type WaitingLetter } from '#libs/journal';
import { type Arrived, errorClassOf, type Found, isPassing, type JetStreamStrategy, Unreachable } from '#libs/messaging';
import { admit, sightOf } from './admit.js';
import type { Acting } from './refused.js';

/** The messages of this service, once the broker has been there. */
export abstract class Taking {
  abstract now(): JetStreamStrategy | undefined;
}

/** A letter with what its message says; nothing of one that cannot be read, since nobody knows what that holds. */
export interface Opened {
  letter: WaitingLetter;
  contract: Arrived['contract'] | null;
  foundIn: Found['foundIn'] | null;
}

/** What came of sending a letter again, in the same words however often it is asked. */
export interface ResentAnswer extends Resent {
  id: string;
  outcome: 'taken' | 'failed_again';
  whatToDo: string;
}

/** Reads letters and sends them again, by the same path as every delivery. */
@Injectable()
export class Letters {
  constructor(
    private readonly letters: DeadLetters,
    private readonly taking: Taking,
    private readonly onTrouble: (error: unknown, messages: number, type: string) => void,
    /** Which record here a message is about, where some can be restricted. */
    private readonly recordIn: (content: unknown) => string | undefined = () => undefined,
  ) {}

  page(asked: { page: number; pageSize: number }, acting: Acting): ReturnType<DeadLetters['page']> {
    return this.letters.page(asked, sightOf(acting));
  }

  /** Throws where no such letter waits for them: there is none, or it is about another authority's record, or about a restricted one that is not open to them. */
  async open(messageId: string, acting: Acting): Promise<Opened> {
    const [letter, sight] = [await this.letters.get(messageId), sightOf(acting)];
    // By what is kept of it, before anybody is asked who may be away.
    await this.letters.admit(messageId, undefined, sight);
    const found = await this.find(letter);
    const contract = found ? this.read(letter, found)?.contract ?? null : null;
    await this.letters.admit(messageId, this.recordIn(found?.content), sight);
    if (contract && !namesThem(contract, acting.staff.id)) throw new LetterGone();
    if (contract && contract.authority !== null) {
      admit(acting, { id: contract.subject, held: { authority: contract.authority } }, new LetterGone().message);
    }
    return { letter, contract, foundIn: found?.foundIn ?? null };
  }

  /** Handles the message once more; where that fails, the letter stays and says how. Throws where it cannot be tried just now. */
  async sendAgain(resending: Resending): Promise<ResentAnswer> {
    const resent = (await this.letters.findResent(resending)) ?? (await this.tryOnce(resending).catch((error: unknown) => this.sentMeanwhile(resending, error)));
    return answerOf(resending.messageId, resent);
  }

  private async tryOnce(resending: Resending): Promise<Resent> {
    const letter = await this.letters.get(resending.messageId);
    const found = await this.find(letter);
    if (!found) return this.letters.failed(resending, 'Gone');
    try {
      const arrived = this.strategy.read(letter.type, found.content);
      if (!arrived) return await this.letters.failed(resending, 'NoHandler');
      return await this.letters.take(resending, arrived.contract, (tx) => this.strategy.handOver(arrived, tx));
    } catch (error) {
      if (isPassing(error) || error instanceof LetterGone) throw error;
      this.onTrouble(error, 1, letter.type);
      return this.letters.failed(resending, errorClassOf(error));
    }
  }

  /** The same request, asked twice at once: the one that came second hears what came of the first. */
  private async sentMeanwhile(resending: Resending, error: unknown): Promise<Resent> {
    const resent = error instanceof LetterGone ? await this.letters.findResent(resending) : undefined;
    if (!resent) throw error;
    return resent;
  }

  private read(letter: WaitingLetter, { content }: Found): Arrived | undefined {
    try {
      return this.strategy.read(letter.type, content);
    } catch {
      return undefined;
    }
  }

  private async find(letter: WaitingLetter): Promise<Found | undefined> {
    try {
      return await this.strategy.find(letter);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      throw new HttpException(`Neither the broker nor ${letter.stream} can be asked for this message just now. Try again in a moment.`, 503, { cause: error });
    }
  }

  private get strategy(): JetStreamStrategy {
    const strategy = this.taking.now();
    if (!strategy) throw new HttpException('The broker has not been there since this service started. Try again when it is.', 503);
    return strategy;
  }
}

/** While nobody here has taken to whom a record is open, what tells of it is for those whom it names. */
function namesThem({ type, data }: Contract, id: string): boolean {
  if (type === 'safeguarding.concern.glass-broken.v1' || type === 'safeguarding.dols-request.glass-broken.v1') return data.by === id;
  if (type === 'safeguarding.concern.kept-from.v1' || type === 'safeguarding.dols-request.kept-from.v1') return !data.staff.includes(id);
  return (type !== 'safeguarding.concern.restricted.v1' && type !== 'safeguarding.dols-request.restricted.v1') || data.openTo.length === 0 || data.openTo.includes(id);
}

const answerOf = (id: string, resent: Resent): ResentAnswer => ({
  id,
  outcome: resent.errorClass === null ? 'taken' : 'failed_again',
  ...resent,
  whatToDo: whatToDo(resent.errorClass),
});

/** What a person can do about a message that failed with this. */
export function whatToDo(errorClass: string | null): string {
  if (errorClass === null) return 'Nothing: it was taken.';
  const kind = errorClass.split(' ')[0];
  if (kind === 'NotYet') return 'What it builds on has not come. Send the older messages of the same record first, or wait and send it again.';
  if (kind === 'ZodError' || kind === 'SyntaxError' || kind === 'NoHandler') {
    return 'This version of the service cannot read it. If a newer version wrote it, bring this service up to date, then send it again.';
  }
  if (kind === 'Gone') return 'Neither the stream nor the service that is said to have published it has it. Look with `npm run verify` whether anything is missing.';
  return 'The log of the service says where it failed, under its type. Mend that, then send it again.';
}
