import { jest } from '@jest/globals';
import { Pulse } from '#libs/journal';
import { NoticeBounds } from '../src/concern/adapters/webhook/notice-bounds.js';
import { Notifier } from '../src/concern/adapters/webhook/notifier.js';
import { AReceiver } from './a-receiver.js';
import { type Answer, ATriage } from './a-triage.js';

export const [program, other] = ['partner-police', 'partner-hospital'];

interface Waiting {
  id: string;
  tries: number;
  trouble: string | null;
  answered: number | null;
  next_at: string | null;
}

/** The states that a program was told. */
export const statesOf = (told: unknown[]) => told.map((one) => (one as { data: { state: string } }).data.state);

/** A program that wants to be told, and the triage that tells it. */
export class AListener {
  private secret = '';

  private constructor(
    readonly triage: ATriage,
    readonly receiver: AReceiver,
  ) {}

  static async make(): Promise<AListener> {
    const [triage, receiver] = await Promise.all([ATriage.make(), AReceiver.start()]);
    return new AListener(triage, receiver);
  }

  /** Before each test: nothing waits, and the program has said where it is. */
  async begin(): Promise<void> {
    // Nothing is told by itself here, but when it is asked for.
    jest.spyOn(Pulse.prototype, 'isOnDuty', 'get').mockReturnValue(false);
    for (const as of [program, other]) await this.triage.ask('DELETE', '/webhook', { as });
    this.receiver.reset();
    await this.begins();
  }

  /** Says where it is, by a new secret. */
  async begins(): Promise<void> {
    this.secret = (await this.set()).body['secret'] as string;
  }

  set = (url = this.receiver.url, as = program): Promise<Answer> => this.triage.ask('PUT', '/webhook', { as, body: { url } });
  hook = async (as = program) => (await this.triage.ask('GET', '/webhook', { as })).body;
  listed = async (as = 'staff-administrator-1') => (await this.triage.ask('GET', '/webhooks', { as })).body as { items: { program: string }[]; setAside: { id: string }[] };
  raised = (more: object = {}, as = program): Promise<string> => this.triage.raised(more, as);
  /** What it heard, where that was signed by its secret. */
  read = () => this.receiver.read(this.secret);

  /** Tells what is due, until nobody is being told any more. */
  go = async (): Promise<void> => {
    await this.triage.app.get(Notifier).go();
    await this.triage.app.get(Notifier).atRest();
  };
  /** What is done once a minute. */
  keepWithin = (): Promise<void> => this.triage.app.get(NoticeBounds).go();
  waiting = (recordId: string): Promise<Waiting[]> => this.triage.query('select id, tries, trouble, answered, next_at from webhook_notice where record_id = $1 order by asked_at', [recordId]);
  dueNow = (recordId: string, more = ''): Promise<unknown> => this.triage.query(`update webhook_notice set next_at = now() - interval '1 second' ${more} where record_id = $1`, [recordId]);

  async close(): Promise<void> {
    await this.triage.close();
    await this.receiver.close();
  }
}
