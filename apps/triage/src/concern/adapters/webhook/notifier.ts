import { Injectable, Logger } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Pulse, type Tx } from '#libs/journal';
import { Clock, Database, Rounds } from '#libs/platform';
import { Concerns } from '../../application/concerns.js';
import { mayFollow } from '../../domain/following.js';
import { type Notice, Notices } from '../persistence/notices.js';
import { type Target, Webhooks } from '../persistence/webhooks.js';
import { Caller, type Told } from './caller.js';
import { Places } from './places.js';

const everyMs = 2_000;

interface Telling {
  target: Target;
  body: string;
}

/** So many are told at once. */
const mostAtOnce = 16;

/**
 * Tells programs what they are to hear, after the transactions in which that happened, each in a lane of its own: nobody
 * waits for how slowly another answers. One process of the service does.
 */
@Injectable()
export class Notifier extends Rounds {
  protected readonly logger = new Logger('webhooks');
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly places = new Places(mostAtOnce);

  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly webhooks: Webhooks,
    private readonly notices: Notices,
    private readonly caller: Caller,
    private readonly pulse: Pulse,
    private readonly clock: Clock,
  ) {
    super(everyMs, 'nothing could be told');
  }

  protected override get isOnDuty(): boolean {
    return this.pulse.isOnDuty;
  }

  override async beforeApplicationShutdown(): Promise<void> {
    await super.beforeApplicationShutdown();
    await this.atRest();
  }

  /** When no lane is left. */
  async atRest(): Promise<void> {
    while (this.lanes.size > 0) await Promise.all(this.lanes.values());
  }

  /** Begins a lane for every program that has none and for which something is due. Waits for none. */
  protected override async round(): Promise<void> {
    const due = await this.database.transaction('every', (tx) => this.notices.programsDue(tx, this.clock.now(), [...this.lanes.keys()]));
    for (const program of due) this.lanes.set(program, this.lane(program).finally(() => this.lanes.delete(program)));
  }

  /** One after another, until nothing is due or it does not take one. After each, whoever waits for a place comes first. */
  private async lane(program: string): Promise<void> {
    const wasOnDuty = this.isOnDuty;
    const mayGoOn = (): boolean => !this.isStopped && this.isOnDuty === wasOnDuty;
    try {
      while (await this.places.within(async () => mayGoOn() && (await this.tellNext(program))));
    } catch (error) {
      this.logger.warn({ kind: 'nothing could be told', name: (error as Error).name, program });
    }
  }

  /** Whether there may be another: false where nothing is due, or what was due is not done with. */
  private async tellNext(program: string): Promise<boolean> {
    const notice = await this.database.transaction('every', (tx) => this.notices.claim(tx, program, this.clock.now()));
    if (!notice) return false;
    return this.carry(notice).catch((error: unknown) => {
      this.logger.warn({ kind: 'not told', name: (error as Error).name, notice: notice.id });
      return false;
    });
  }

  /** Whether it is done with. */
  private async carry(notice: Notice): Promise<boolean> {
    const telling = await this.database.transaction('every', (tx) => this.open(tx, notice));
    const told = telling && (await this.tell(notice, telling));
    await this.database.transaction('every', (tx) => this.settle(tx, notice, { told, target: telling?.target }), 3);
    if (!told || told.is === 'told') return true;
    const why = told.is === 'later' ? told.trouble : told.is;
    this.logger.warn({ kind: 'not told', is: told.is, why, answered: told.answered, program: notice.program, notice: notice.id, tries: notice.tries });
    return false;
  }

  /** What is to be told and where; undefined where nobody is to be told any more. */
  private async open(tx: Tx, { program, recordId, authority, state, happenedAt }: Notice): Promise<Telling | undefined> {
    const target = await this.webhooks.target(tx, program);
    const { state: concern } = await this.concerns.get(tx, recordId, authority);
    // It may have come out since it happened.
    if (!target || !mayFollow(concern)) return undefined;
    const { reference } = concern.story;
    return { target, body: JSON.stringify({ type: `concern.${state}`, timestamp: happenedAt, data: { id: recordId, reference, state } }) };
  }

  private tell({ id }: Notice, { target: { url, secret }, body }: Telling): Promise<Told> {
    const at = new Date(this.clock.now());
    const signature = new Webhook(secret).sign(id, at, body);
    return this.caller.tell({ url, body, headers: { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': signature } });
  }

  private async settle(tx: Tx, notice: Notice, { told, target }: { told: Told | undefined; target: Target | undefined }): Promise<void> {
    const now = this.clock.now();
    if (!told || told.is === 'told') return this.notices.drop(tx, notice);
    if (told.is === 'later') return this.notices.later(tx, notice, { now, ...told });
    const isGone = await this.webhooks.gone(tx, notice.program, { target: target!, now });
    if (isGone) return this.notices.setAsideAll(tx, notice.program, { trouble: 'gone', answered: told.answered });
    return this.notices.later(tx, notice, { now, trouble: 'refused', answered: told.answered });
  }
}
