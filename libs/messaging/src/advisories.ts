import { setTimeout as pause } from 'node:timers/promises';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import type { Archive } from './archive.js';
import { isPassing } from './failure.js';
import type { Letter } from './origin.js';
import type { StrategyOptions } from './ports.js';
import { advisorySubjects, durableName, reads } from './topology.js';

interface Advisory {
  type: string;
  stream: string;
  stream_seq: number;
  deliveries: number;
}

export interface AdvisoryOptions extends Pick<StrategyOptions, 'service' | 'intake' | 'recordIn' | 'onTrouble' | 'onSetAside'> {
  connection: NatsConnection;
  archive: Archive;
  isClosing: () => boolean;
}

/**
 * Hears that the broker has given up a message of ours, and sets it aside where that was not our own doing. One process of
 * a service hears each. Advisories are kept by nobody: what is missed while no process runs is found by `verify` alone.
 */
export class Advisories {
  private subscriptions: Subscription[] = [];

  constructor(private readonly options: AdvisoryOptions) {}

  start(): void {
    const { connection, service, onTrouble } = this.options;
    const subjects = (reads[service] ?? []).flatMap((stream) => advisorySubjects(stream, durableName(service, stream)));
    this.subscriptions = subjects.map((subject) =>
      connection.subscribe(subject, {
        queue: `${service}-advisories`,
        callback: (error, message) => void (error ? onTrouble(error, 0) : this.hear(message)),
      }),
    );
  }

  stop(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  private async hear(message: Msg): Promise<void> {
    const { onTrouble, isClosing } = this.options;
    for (let left = 20; left > 0 && !isClosing(); left -= 1) {
      try {
        return await this.setAside(message.json<Advisory>());
      } catch (error) {
        onTrouble(error, 1);
        if (!isPassing(error)) return;
        await pause(1_000);
      }
    }
  }

  private async setAside({ type, stream, stream_seq: streamSequence, deliveries }: Advisory): Promise<void> {
    const { archive, intake, recordIn, onSetAside } = this.options;
    const { content, ...found } = (await archive.lookAt(stream, streamSequence)) ?? { messageId: `${stream}/${streamSequence}`, type: 'unknown', content: undefined };
    const letter: Letter = {
      ...found,
      stream,
      streamSequence,
      errorClass: type.endsWith('max_deliver') ? 'MaxDeliveries' : 'Terminated',
      attempts: deliveries,
      recordId: recordIn?.(content),
    };
    if (await intake.setAside(letter)) onSetAside(letter);
  }
}
