import { z } from 'zod';

const basis = { class: z.string(), source: z.string(), years: z.number(), trigger: z.string(), lastContactAt: z.string(), dueOn: z.string() };

/** Whether what it belongs with is under a legal hold, which keeps both. */
const heldWith = z.enum(['no', 'yes', 'not_known']);

/** A page of the records whose retention has ended, as each service lists them. */
export const duePage = z.object({
  items: z.array(z.object({ ...basis, id: z.string(), reference: z.string(), onHold: z.boolean(), heldWith, proposedBy: z.string().nullable() })),
  next: z.string().nullable(),
  isWhole: z.boolean(),
});
export type DuePage = z.infer<typeof duePage>;

/** A page of the records that are under a legal hold, as each service lists them. */
export const heldPage = z.object({
  items: z.array(z.object({ id: z.string(), reference: z.string(), status: z.string(), heldBy: z.string().nullable(), heldSince: z.string().nullable() })),
  next: z.string().nullable(),
});
export type HeldPage = z.infer<typeof heldPage>;

/** One record in codes, as it is looked at before it goes. */
export const review = z.object({
  id: z.string(),
  sequence: z.number(),
  reference: z.string(),
  status: z.string(),
  codes: z.record(z.string(), z.unknown()),
  retention: z.object(basis).nullable(),
  isDue: z.boolean(),
  onHold: z.boolean(),
  heldBy: z.string().nullable(),
  heldSince: z.string().nullable(),
  /** In the words of whoever held it: with one record alone. */
  holdReason: z.string().nullable().default(null),
  heldWith,
  proposedBy: z.string().nullable(),
  permitted: z.array(z.string()),
  /** Who it is about, where that is what goes: with one person alone. */
  name: z.object({ givenName: z.string().nullable(), familyName: z.string().nullable() }).nullable().default(null),
});
export type Review = z.infer<typeof review>;
export const found = z.object({ items: z.array(review) });

/** The kinds of record that are kept for a time, each with the service that keeps it. */
export const KINDS = {
  concerns: { service: 'triage', heading: 'Concerns', one: 'concern', with: 'enquiry' },
  enquiries: { service: 'section42', heading: 'Enquiries', one: 'enquiry', with: 'concern' },
  requests: { service: 'dols', heading: 'DoLS requests', one: 'DoLS request', with: '' },
  people: { service: 'people', heading: 'Who people are', one: 'person', with: '' },
} as const;
export type Kind = keyof typeof KINDS;
export const kinds = Object.keys(KINDS) as Kind[];
/** Those that are called by a reference; nobody is looked for here by who they are. */
export const referredTo = kinds.filter((kind) => kind !== 'people');

/** What can be done with one of them: what the service has to permit, and where it is sent. */
export const ACTS = {
  hold: { command: 'PlaceLegalHold', path: 'legal-hold', done: 'It is kept until the legal hold is lifted.' },
  lift: { command: 'LiftLegalHold', path: 'legal-hold', done: 'The legal hold is lifted.' },
  propose: { command: 'ProposeDisposal', path: 'disposal/propose', done: 'You said that it may go. A colleague has to confirm it.' },
  decline: { command: 'DeclineDisposal', path: 'disposal/decline', done: 'It is kept for now.' },
  confirm: { command: 'ConfirmDisposal', path: 'disposal/confirm', done: 'It was disposed of.' },
} as const;
export type Act = keyof typeof ACTS;
export const acts = Object.keys(ACTS) as Act[];
