import axios from 'axios';
import notifications from 'notifications-node-client';
import { type Letter, type MessageKind, type Passage, Post } from '../../application/post.js';
import type { Way } from '../../domain/codes.js';

type AxiosInstance = Parameters<InstanceType<typeof notifications.NotifyClient>['setClient']>[0];

export interface NotifySettings {
  url: string;
  key: string;
  /** The ids of our templates there. */
  templates: Readonly<Record<MessageKind, Record<Way, string>>>;
  timeoutMs?: number;
}

/** What it says of a message that it has; anything else is on its way. */
const fates: Readonly<Record<string, Passage>> = {
  delivered: { is: 'delivered' },
  // Abroad nobody says whether a text message arrived.
  sent: { is: 'delivered' },
  'permanent-failure': { is: 'not_sent', reason: 'not_delivered' },
  'temporary-failure': { is: 'not_sent', reason: 'not_delivered' },
  'technical-failure': { is: 'not_sent', reason: 'refused' },
};

/** GOV.UK Notify, by its own client. Nothing that it answers is handed on but codes: an error there holds what was sent. */
export class NotifyPost extends Post {
  readonly by = 'notify';
  private readonly client;

  constructor(private readonly settings: NotifySettings) {
    super();
    const { url, key, timeoutMs = 10_000 } = settings;
    this.client = new notifications.NotifyClient(url, key);
    // Left to itself its client waits for ever, and follows wherever it is led. The types of one axios, loaded by two systems of modules, do not know each other.
    this.client.setClient(axios.create({ timeout: timeoutMs, maxRedirects: 0 }) as unknown as AxiosInstance);
  }

  async send(letter: Letter, isRepeated: boolean): Promise<Passage> {
    try {
      return (isRepeated ? await this.found(letter.id) : undefined) ?? (await this.handOver(letter));
    } catch (error) {
      return passageOf(error);
    }
  }

  async fate(as: string): Promise<Passage> {
    try {
      const { data } = await this.client.getNotificationById(as);
      return fates[data.status] ?? { is: 'handed_over', as };
    } catch (error) {
      const passage = passageOf(error);
      return passage.is === 'not_sent' ? { is: 'later', trouble: 'no_answer' } : passage;
    }
  }

  private async handOver({ id, kind, way, to, personalisation }: Letter): Promise<Passage> {
    const template = this.settings.templates[kind][way];
    const options = { personalisation, reference: id };
    const { data } = way === 'email' ? await this.client.sendEmail(template, to, options) : await this.client.sendSms(template, to, options);
    return { is: 'handed_over', as: data.id };
  }

  /** It takes the same reference twice, and sends twice: whether it has it already is for us to ask. */
  private async found(reference: string): Promise<Passage | undefined> {
    const { data } = await this.client.getNotifications(undefined, undefined, reference);
    const [one] = data.notifications;
    return one && { is: 'handed_over', as: one.id };
  }
}

interface Refusal {
  response?: { status: number; data?: { errors?: { message?: string }[] } };
}

function passageOf(error: unknown): Passage {
  const { response } = error as Refusal;
  if (response?.status === 400) return { is: 'not_sent', reason: isOfAddress(response) ? 'address_refused' : 'refused' };
  if (response?.status === 401 || response?.status === 403) return { is: 'later', trouble: 'not_allowed' };
  return { is: 'later', trouble: response?.status === 429 ? 'too_many' : 'no_answer' };
}

const isOfAddress = ({ data }: NonNullable<Refusal['response']>): boolean => data?.errors?.some(({ message }) => /^(email_address|phone_number)\b/.test(message ?? '')) ?? false;
