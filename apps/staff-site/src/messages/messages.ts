import { Injectable, NotFoundException } from '@nestjs/common';
import { type Answer, ServiceUnavailable } from '#libs/pages';
import { Services } from '../outside.js';
import { isSentBefore } from '../sent-before.js';
import { letterList, type LetterList, openedLetter, type OpenedLetter, resent, type Resent, type Service } from './shapes.js';

/** The messages that each service could not handle. */
@Injectable()
export class Messages {
  constructor(private readonly services: Services) {}

  list(service: Service, page: number): Promise<LetterList> {
    return this.of(service).get('/dead-letters', { page: String(page) }, letterList);
  }

  async letter(service: Service, id: string): Promise<OpenedLetter> {
    const found = await this.of(service).find(`/dead-letters/${encodeURIComponent(id)}`, openedLetter);
    if (!found) throw new NotFoundException();
    return found;
  }

  /** Undefined where it was taken meanwhile; `before` where the form was sent with another reason. The key is that of the form: sending it twice sends the message again once. */
  async sendAgain(service: Service, id: string, { reason, key }: { reason: string; key: string }): Promise<Resent | 'before' | undefined> {
    const answer: Answer = await this.of(service).post(`/dead-letters/${encodeURIComponent(id)}/resend`, { reason }, { 'idempotency-key': key });
    if (answer.status === 404) return undefined;
    if (isSentBefore(answer)) return 'before';
    const parsed = resent.safeParse(answer.body);
    if (answer.status !== 200 || !parsed.success) throw new ServiceUnavailable(service);
    return parsed.data;
  }

  private of(service: Service) {
    return this.services[service];
  }
}
