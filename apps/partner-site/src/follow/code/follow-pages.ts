import { dayOf, type FormError, messagesByField, timeInWords, visitor } from '#libs/pages';
import { councils } from '../../concern/choices.js';
import { wantedInWords } from '../../concern/receipt.js';
import { toldInWords } from '../../more/more-page.js';
import { paths } from '../../paths.js';
import { askedInWords, earlierOf } from '../follow-page.js';
import type { Followed, SentBy } from './shapes.js';

interface Around {
  csrf: string;
  phone: string;
}

interface Typed {
  typed: string;
  errors: FormError[];
}

/** Where the reference is typed. */
export const askPage = ({ typed, errors }: Typed, around: Around) => ({
  title: 'Follow a concern that you raised',
  here: paths.follow(),
  action: paths.follow(),
  typed,
  errors,
  messages: messagesByField(errors),
  signInHref: visitor() ? undefined : paths.signIn(paths.raised()),
  raisedHref: visitor() ? paths.raised() : undefined,
  ...around,
});

/** Where the code is typed; the same whatever there is. */
export const codePage = ({ typed, errors, reference, sentBy }: Typed & { reference: string; sentBy: SentBy }, around: Around) => ({
  title: 'Type the code',
  here: paths.follow(),
  action: paths.followCode(),
  back: { href: paths.follow(), text: 'Back' },
  typed,
  reference,
  errors,
  messages: messagesByField(errors),
  isHere: sentBy === 'outbox',
  isNowhere: sentBy === 'nobody',
  againHref: paths.follow(),
  ...around,
});

const told: Record<string, string> = {
  owed: 'We will tell you what became of it, as far as we may.',
  told: 'We have told you what became of it.',
  not_told: 'We cannot tell you more about it.',
};

const stages = [
  { name: 'received', text: 'We have it', hint: 'We read it first for whether somebody is in danger, and aim to decide within 24 hours.' },
  { name: 'being_looked_at', text: 'Somebody looks at it', hint: 'A named person works on it. Nothing is closed by a machine.' },
  { name: 'decided', text: 'It is decided', hint: '' },
] as const;

/** How it goes on with the council that has it. */
export function followedPage(council: string, { reference, receivedAt, stage, missing, askedAt, isOwn, told: besides, decidedAt, feedback, message, earlierMessages }: Followed, around: Around) {
  const wanted = stage === 'decided' ? undefined : wantedInWords(missing, { isOwn });
  const reached = stages.findIndex(({ name }) => name === stage);
  return {
    title: `Your concern ${reference}`,
    here: paths.follow(),
    sent: timeInWords(receivedAt),
    council: councils[council],
    isTakenBack: stage === 'taken_back',
    steps: stages.map(({ text, hint, name }, at) => ({ text, state: at < reached ? 'done' : at === reached ? 'now' : 'later', hint: name === 'decided' && decidedAt ? `On ${dayOf(decidedAt)}. ${told[feedback ?? ''] ?? ''}`.trim() : at === reached ? (name === 'being_looked_at' && askedAt && wanted ? `More is wanted since ${timeInWords(askedAt)}. ${hint}` : hint) : '' })),
    isOwn,
    wanted,
    asked: stage === 'decided' || stage === 'taken_back' ? undefined : askedInWords({ askedAt, missing, isOwn }),
    isAsked: Boolean(askedAt),
    told: toldInWords({ told: besides, isOwn }),
    moreHref: stage === 'taken_back' ? undefined : paths.followedMore(),
    message: message?.split(/\n{2,}/) ?? [],
    earlier: stage === 'taken_back' ? [] : earlierOf(earlierMessages),
    filesHref: stage === 'taken_back' ? undefined : paths.followedFiles(),
    end: paths.followEnd(),
    newHref: paths.newConcern(),
    ...around,
  };
}

/** It is followed no more. `isRefused`: something was just written to it. */
export const overPage = ({ phone, isRefused = false }: { phone: string; isRefused?: boolean }) => ({ title: 'You do not follow a concern here any more', here: paths.follow(), againHref: paths.follow(), phone, isRefused });
