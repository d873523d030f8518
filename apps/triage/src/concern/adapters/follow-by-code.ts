import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Narrative, type Sight, type Standing, type Tx, Vault } from '#libs/journal';
import { admit, type Asking, Clock, Database, recordReading } from '#libs/platform';
import { Concerns } from '../application/concerns.js';
import { heldOf } from '../application/held.js';
import { Contacts, plainWay } from '../application/reach.js';
import { CODE_MINUTES, codeEnd, countedAgain, isGoingOn, type Left, mayAsk, mayFollow, mayTry, needsFollower, notFollowing } from '../domain/following.js';
import { followedOf, type Followed } from './http/followed.js';
import { Followings } from './persistence/followings.js';
import { Sendings } from './persistence/sendings.js';
import { Sender } from './post/sender.js';

/** As long as a code, whatever there is: what is held against it takes as long. */
const noHmac = Buffer.alloc(32);
const session = /^([0-9a-f-]{36})\.([\w-]{43})$/;

/** Following a concern without an account, by a code that goes to the contact that was given with it. Nobody learns from an answer whether there is such a concern. */
@Injectable()
export class FollowByCode {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly followings: Followings,
    private readonly concerns: Concerns,
    private readonly contacts: Contacts,
    private readonly sendings: Sendings,
    private readonly sender: Sender,
    private readonly narrative: Narrative,
    private readonly clock: Clock,
  ) {}

  /** What the program sees that asks for whoever follows a concern. */
  sightOf(asking: Asking): Sight {
    return this.followings.sightOf(asking);
  }

  /** Sends a code, where there is such a concern, a plain way to whoever raised it, and no code a moment ago. */
  async ask(asking: Asking, reference: string): Promise<void> {
    const { authority } = asking.staff;
    if (authority === null) return;
    await this.database.transaction(this.followings.sightOf(asking), async (tx) => {
      const recordId = await this.followings.raisedAs(tx, reference, asking);
      if (!recordId) return;
      await this.followings.alone(tx, recordId);
      const [known, contact, now] = [await this.followings.find(tx, recordId), await this.contacts.of(tx, { recordId }), this.clock.now()];
      const way = plainWay(contact);
      if (!way || !mayAsk(now, known) || !(await this.isShown(tx, recordId, authority))) return;
      const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
      const ends = codeEnd(now);
      await this.followings.keepCode(tx, recordId, { authority, askedAt: now, ...countedAgain(now, known), codeHmac: this.hmac('code', recordId, code), codeEndsAt: ends });
      const letter = { id: v7(), recordId, authority, kind: 'code', way, to: contact.addresses[way]!, personalisation: { code, minutes: String(CODE_MINUTES) } } as const;
      await this.sendings.add(tx, letter, { now, endsAt: ends });
    });
    void this.sender.go();
  }

  /** What opens the concern from now on; undefined where the code is not the one that was sent, was used, or is over. */
  begin(asking: Asking, reference: string, code: string): Promise<string | undefined> {
    return this.database.transaction(this.followings.sightOf(asking), async (tx) => {
      const recordId = await this.followings.raisedAs(tx, reference, asking);
      const row = recordId && (await this.followings.find(tx, recordId));
      const isRight = this.vault.isHmac('following code', `${recordId ?? ''}/${code}`, (row && row.codeHmac) || noHmac);
      const now = this.clock.now();
      if (!recordId || !row || !mayTry(now, row)) return undefined;
      await this.followings.countTry(tx, recordId);
      if (!isRight || !(await this.isShown(tx, recordId, asking.staff.authority))) return undefined;
      const secret = randomBytes(32).toString('base64url');
      await this.followings.begin(tx, recordId, { sessionHmac: this.hmac('session', recordId, secret), now });
      return `${recordId}.${secret}`;
    });
  }

  /** How the concern goes on. Throws where whoever asks follows it no more. The reading is recorded. */
  look(asking: Asking, following: string): Promise<Followed> {
    return this.database.transaction(this.followings.sightOf(asking), async (tx) => {
      const { recordId, state } = await this.followed(tx, asking, following);
      await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds: [recordId], what: 'own concern by code', why: asking.why });
      const story = await this.narrative.reveal(tx, await this.concerns.story(tx, recordId));
      return followedOf(state, story);
    });
  }

  /** The concern that somebody follows who holds this, which counts as a page that they saw. Throws where they follow none any more. */
  async followed(tx: Tx, asking: Asking, following: string): Promise<Standing<Left>> {
    const recordId = await this.open(tx, following);
    if (!recordId) return notFollowing();
    const standing = await this.concerns.get(tx, recordId, asking.staff.authority);
    const { state } = standing;
    needsFollower(state);
    admit(asking, { id: recordId, held: heldOf(standing) });
    await this.followings.see(tx, recordId, this.clock.now());
    return { ...standing, state };
  }

  async end(asking: Asking, following: string): Promise<void> {
    await this.database.transaction(this.followings.sightOf(asking), async (tx) => {
      const recordId = await this.open(tx, following);
      if (recordId) await this.followings.end(tx, recordId);
    });
  }

  private async isShown(tx: Tx, recordId: string, authority: string | null): Promise<boolean> {
    return mayFollow((await this.concerns.get(tx, recordId, authority)).state);
  }

  /** The concern that somebody follows who holds this. */
  private async open(tx: Tx, following: string): Promise<string | undefined> {
    const [, recordId = '', secret = ''] = session.exec(following) ?? [];
    if (recordId === '') return undefined;
    const row = await this.followings.find(tx, recordId);
    const isTheirs = this.vault.isHmac('following session', `${recordId}/${secret}`, row?.sessionHmac ?? noHmac);
    return row && isTheirs && isGoingOn(this.clock.now(), row) ? recordId : undefined;
  }

  private hmac(of: 'code' | 'session', recordId: string, secret: string): Buffer {
    return this.vault.hmac(`following ${of}`, `${recordId}/${secret}`);
  }
}
