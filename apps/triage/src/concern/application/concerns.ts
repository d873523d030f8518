import { fold } from '#libs/decider';
import { Records, type Standing, type Tx } from '#libs/journal';
import { concern, type Concern, type ConcernCommand, type ConcernEvent } from '../domain/concern.js';
import { asSent, mayFollow } from '../domain/following.js';

/** The concerns' stories, as handlers need them. */
export class Concerns extends Records<Concern, ConcernCommand, ConcernEvent> {
  /** Where a concern stands for whoever raised it. One who may not follow it sees it as they sent it, for good: nothing in that says why. */
  async followed(tx: Tx, standing: Standing<Concern>): Promise<Standing<Concern>> {
    if (mayFollow(standing.state)) return standing;
    const story = asSent((await this.story(tx, standing.recordId)).map(({ event }) => event), standing.begunBy);
    return { ...standing, state: fold(concern, story), sequence: story.length };
  }
}
