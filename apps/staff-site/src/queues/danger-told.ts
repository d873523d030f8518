import { Injectable } from '@nestjs/common';
import { count, timeInWords } from '#libs/pages';
import { ownAuthority } from '../authorities.js';
import { may } from '../may.js';
import { Names } from '../names.js';
import { Services } from '../outside.js';
import { paths } from '../paths.js';
import { isAway, unlessAway } from '../unless-away.js';
import { decisionInWords } from '../concerns/words.js';
import { concern, type QueueCell } from './definitions.js';
import { decidedList } from './shapes.js';

/** Decided concerns of which danger was told since, as they stand over everything else. */
export interface DangerToldSince {
  says: string;
  items: (QueueCell & { since: string; decided: string })[];
  /** To those that are not among them. */
  moreHref?: string | undefined;
}

/** What rings: danger was told or recorded after the decision, and nobody has seen to it yet. */
@Injectable()
export class DangerTold {
  constructor(
    private readonly services: Services,
    private readonly names: Names,
  ) {}

  /** Those of one council, who has waited longest first; none where nobody can say just now, since the pages that show them are for more. */
  async since(authority: string = ownAuthority()): Promise<DangerToldSince | undefined> {
    if (!may('concern.list')) return undefined;
    const list = await this.services.triage.get('/decided', { authority, dangerTold: 'true' }, decidedList).catch(unlessAway);
    if (isAway(list) || list.items.length === 0) return undefined;
    const { items, next } = list;
    const names = await this.names.of(items.map(({ personId }) => personId), 'list: danger told after the decision');
    return {
      says: `In danger now, as was said or recorded after the decision: ${next ? `more than ${items.length} concerns` : count(items.length, 'concern')}. Nobody has seen to it yet`,
      items: items.map((item) => ({ ...concern(item, names), since: item.dangerToldAt ? timeInWords(item.dangerToldAt) : '', decided: decisionInWords(item.outcome) })),
      moreHref: next ? paths.queue('decided', { authority, dangerTold: 'yes' }) : undefined,
    };
  }
}
