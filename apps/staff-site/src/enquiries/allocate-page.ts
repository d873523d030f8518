import { z } from 'zod';
import { type FormError, timeInWords } from '#libs/pages';
import type { Colleague } from '../colleagues.js';
import { errorsOf, text } from '../concerns/acts/act.js';
import { mayOneOf } from '../may.js';
import { paths } from '../paths.js';
import { asShown, type FormShown } from '../sent-form.js';
import { type Act, type Enquiry, type Team } from './enquiries.js';

export const shape = z.object({ worker: text, team: text, reason: text });
export type Typed = z.infer<typeof shape>;

/** Which field a rule is about. */
export const fieldsByCode = { 'enquiry/worker-required': 'worker', 'enquiry/worker-not-named': 'worker', 'enquiry/team-required': 'team', 'enquiry/reason-required': 'reason' } as const;

export const errorsIn = ({ worker, team, reason }: Typed, needsReason: boolean): FormError[] =>
  errorsOf([
    worker === '' && { text: 'Say who is to make the enquiry', href: '#worker' },
    team === '' && { text: 'Say for which team', href: '#team' },
    needsReason && reason === '' && { text: 'Say why it goes to somebody else', href: '#reason' },
  ]);

const happened: Record<string, string> = {
  EnquiryAllocated: 'it was allocated',
  EnquiryReallocated: 'it was given to somebody else',
  EnquiryCaused: 'another agency was asked to make it',
  EnquiryConcluded: 'it was concluded',
};

interface Shown extends FormShown<Typed> {
  name: string;
  /** Its concern is recorded as in danger. */
  inDanger: boolean;
  /** Since when danger that was told after its concern was decided waits for somebody to see to it. */
  dangerToldAt: string | undefined;
  act: Act;
  colleagues: readonly Colleague[];
  teams: readonly Team[];
}

/** The choices of a select box; nothing where there is none, so that it is typed. */
const items = (some: { value: string; text: string }[], chosen: string) => some.length > 0 && [{ value: '', text: 'Choose' }, ...some].map((item) => ({ ...item, selected: item.value === chosen }));

/** The form by which an enquiry is given to a worker. */
export function allocatePage(enquiry: Enquiry, { name, inDanger, dangerToldAt, typed, colleagues, teams, ...form }: Shown) {
  const { id, reference, concernId } = enquiry;
  const isHeld = form.act === 'reallocate';
  const workers = colleagues.filter(({ roles, isActive }) => isActive && mayOneOf(roles, 'enquiry.plan')).map((one) => ({ value: one.id, text: one.name }));
  return {
    title: isHeld ? 'Give this enquiry to somebody else' : 'Allocate this enquiry',
    button: isHeld ? 'Give' : 'Allocate',
    isHeld,
    record: 'enquiry',
    here: paths.queues(),
    backHref: paths.concern(concernId),
    // Nothing on the page of the concern says who has the enquiry.
    leavesList: true,
    queueHref: paths.queue('enquiries'),
    action: paths.allocateEnquiry(id),
    inDanger,
    dangerTold: dangerToldAt && timeInWords(dangerToldAt),
    caption: `${reference}, ${name}`,
    fields: { ...typed, workers: items(workers, typed.worker), teams: items(teams.map(({ code, name: called }) => ({ value: code, text: called })), typed.team) },
    ...asShown(form, happened),
  };
}
