import type { Letter, MessageKind } from '../../application/post.js';
import type { Way } from '../../domain/codes.js';

/** What a message says, with `((name))` for what differs; kept word for word at whoever carries it, too. */
export interface Template {
  /** Of an email. It is seen by whoever sees the screen, so that it says nothing. */
  subject?: string;
  body: string;
}

/** What stands in the templates of each kind. */
export const PERSONALISATION = { told: ['message'], code: ['code', 'minutes'], asked: [] } as const satisfies Record<MessageKind, readonly string[]>;

const question = 'The council has a question for you. Please look again where you wrote to us before, or ring us.';

/**
 * None of them says what it is about: somebody else may read the screen. What became of a concern stands in words that a
 * person wrote for whoever raised it. A notice has no reference either, by which somebody who also reads the code would follow it.
 */
export const TEMPLATES: Readonly<Record<MessageKind, Record<Way, Template>>> = {
  told: {
    email: { subject: 'A message from the council', body: '((message))\n\nPlease do not answer this message: nobody reads what is sent back.' },
    text: { body: '((message))' },
  },
  code: {
    email: {
      subject: 'Your code',
      body: 'Your code is ((code)). It works once, for ((minutes)) minutes.\n\nGive it to nobody. If you did not ask for a code, you need not do anything.',
    },
    text: { body: '((code)) is your code. It works once, for ((minutes)) minutes. Give it to nobody.' },
  },
  asked: {
    email: {
      subject: 'A message from the council',
      body: `${question}\n\nPlease do not answer this message: nobody reads what is sent back.`,
    },
    text: { body: question },
  },
};

const place = /\(\(([a-z_]+)\)\)/g;

/** What has to be given for a template, in the order in which it is asked for. */
export const askedBy = ({ subject = '', body }: Template): string[] => [...new Set([...`${subject} ${body}`.matchAll(place)].map(([, name]) => name!))];

/** A message as it is read. Throws where something is not given that it asks for. */
export function filled({ kind, way, personalisation }: Pick<Letter, 'kind' | 'way' | 'personalisation'>): Template {
  const fill = (text: string): string =>
    text.replaceAll(place, (_all, name: string) => {
      const given = personalisation[name];
      if (given === undefined) throw new Error(`the template ${kind} by ${way} asks for ${name}`);
      return given;
    });
  const { subject, body } = TEMPLATES[kind][way];
  return { ...(subject !== undefined && { subject: fill(subject) }), body: fill(body) };
}
