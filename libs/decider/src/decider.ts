/** The rules for one kind of record: what may happen (`decide`) and what it comes to (`evolve`). Pure; no clock, no ids. */
export interface Decider<State, Command, Event> {
  readonly initialState: State;
  /** The events a command causes; `[]` when there is nothing left to do. Throws `RuleViolation` when it is not allowed. */
  decide(command: Command, state: State): Event[];
  evolve(state: State, event: Event): State;
}

/** One thing that a rule says no to. `code` is stable (`record/what-is-wrong`); `message` is for the worker who reads it. */
export interface Refusal {
  code: string;
  message: string;
  /** Which of several alike. */
  about?: string;
}

/** Rules of the work say no: to one thing, or to several that can be mended in one go, of which the first speaks for all. */
export class RuleViolation extends Error {
  override readonly name = 'RuleViolation';
  constructor(
    readonly code: string,
    message: string,
    readonly refusals: readonly Refusal[] = [{ code, message }],
  ) {
    super(message);
  }
}

/** Folds a story into the state it has come to. */
export function fold<State, Event>(
  decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  events: Iterable<Event>,
  from: State = decider.initialState,
): State {
  let state = from;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}

/** Ends a `switch` over a union: the compiler refuses a case that was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}

/** Words kept elsewhere, encrypted: the story holds only where they lie and an HMAC to show that they have not changed. */
export interface TextRef {
  textId: string;
  hmac: string;
}
