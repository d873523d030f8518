import { type Decider, fold, RuleViolation } from './decider.js';

interface Outcome<Event> {
  then(...expected: Event[]): void;
  thenNothing(): void;
  thenRefused(code: string): void;
}

/**
 * Given these events, when this command, then those events or that refusal: the language of every decider's tests.
 * Fails by throwing, so it works under any runner.
 */
export function specify<State, Command, Event>(decider: Decider<State, Command, Event>) {
  return {
    given: (...history: Event[]) => ({
      when: (command: Command): Outcome<Event> => {
        const attempt = (): Event[] => decider.decide(command, fold(decider, history));
        return {
          then: (...expected) => same(attempt(), expected),
          thenNothing: () => same(attempt(), []),
          thenRefused: (code) => refused(attempt, code),
        };
      },
      thenState: (expected: State) => same(fold(decider, history), expected),
    }),
  };
}

function same(actual: unknown, expected: unknown): void {
  const [left, right] = [sorted(actual), sorted(expected)];
  if (left !== right) throw new Error(`expected\n${right}\nbut got\n${left}`);
}

function refused(attempt: () => unknown, code: string): void {
  let events: unknown;
  try {
    events = attempt();
  } catch (error) {
    if (error instanceof RuleViolation && error.code === code) return;
    throw error;
  }
  throw new Error(`expected a refusal ${code} but got\n${sorted(events)}`);
}

function sorted(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    2,
  );
}
