import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MESSAGES } from '../../application/post.js';
import { WAYS } from '../../domain/codes.js';
import type { NotifySettings } from './notify-post.js';

const names = MESSAGES.flatMap((kind) => WAYS.map((way) => `${kind}_${way}` as const));
const unset = <Shape extends z.ZodType>(shape: Shape) => z.preprocess((given) => (given === '' ? undefined : given), shape);

/** Which template at GOV.UK Notify each message of ours is. */
const templates = z.string().optional().transform((given = '', context): NotifySettings['templates'] | undefined => {
  const ids = new Map(given.split(',').filter(Boolean).map((pair) => pair.split('=').map((part) => part.trim()) as [string, string]));
  if (ids.size === 0) return undefined;
  const missing = names.filter((name) => !z.uuid().safeParse(ids.get(name)).success);
  if (missing.length > 0) context.addIssue(`names the template of each of ${names.join(', ')} by its id; ${missing.join(', ')} not`);
  const ofKind = (kind: (typeof MESSAGES)[number]) => ({ email: ids.get(`${kind}_email`)!, text: ids.get(`${kind}_text`)! });
  return { told: ofKind('told'), code: ofKind('code'), asked: ofKind('asked') };
});

/** A key there ends with the ids of the service and of itself. */
const aKey = /^\S+-[0-9a-f-]{36}-[0-9a-f-]{36}$/;

const key = z.string().optional().transform((file, context): string | undefined => {
  if (!file) return undefined;
  try {
    const read = readFileSync(file, 'utf8').trim();
    if (aKey.test(read)) return read;
    context.addIssue(`${file} does not hold an API key of GOV.UK Notify`);
  } catch (error) {
    context.addIssue(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return z.NEVER;
});

/** How messages reach people outside. */
export const postEnvironment = {
  /** Left out: the outbox of this machine where whoever signs in is invented, and nobody elsewhere. */
  SENDING: unset(z.enum(['outbox', 'notify', 'nobody']).optional()),
  NOTIFY_URL: unset(z.url().default('https://api.notifications.service.gov.uk')),
  NOTIFY_KEY_FILE: key,
  NOTIFY_TEMPLATES: templates,
};

interface Given {
  SENDING?: 'outbox' | 'notify' | 'nobody' | undefined;
  INVENTED_STAFF: boolean;
  NOTIFY_URL: string;
  NOTIFY_KEY_FILE?: string | undefined;
  NOTIFY_TEMPLATES?: NotifySettings['templates'] | undefined;
}

/** What keeps messages from being sent as it was asked for; none where nothing does. */
export function postTroubles({ SENDING, INVENTED_STAFF, NOTIFY_KEY_FILE, NOTIFY_TEMPLATES }: Given): string[] {
  if (SENDING === 'outbox' && !INVENTED_STAFF) return ['SENDING: what goes to the outbox reaches nobody, so it is for invented people alone'];
  if (SENDING !== 'notify') return [];
  return [...(NOTIFY_KEY_FILE ? [] : ['NOTIFY_KEY_FILE: names the file with the API key']), ...(NOTIFY_TEMPLATES ? [] : ['NOTIFY_TEMPLATES: names our templates there'])];
}

/** Who carries messages, and how. */
export function postOf({ SENDING, INVENTED_STAFF, NOTIFY_URL, NOTIFY_KEY_FILE, NOTIFY_TEMPLATES }: Given): { by: 'outbox' | 'nobody' } | ({ by: 'notify' } & NotifySettings) {
  const by = SENDING ?? (INVENTED_STAFF ? 'outbox' : 'nobody');
  return by === 'notify' ? { by, url: NOTIFY_URL, key: NOTIFY_KEY_FILE!, templates: NOTIFY_TEMPLATES! } : { by };
}
