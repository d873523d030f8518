/** What faults did on purpose to a system, and what the oracle therefore does not take for an error. */
export class Meant {
  /** Messages put into a stream that no journal knows. */
  readonly messages = new Set<string>();
  /** Those of them that nobody can handle. */
  readonly letters = new Set<string>();
  /** A later release told of events in a second version as well. */
  hasSecondVersions = false;
  /** Cases came in another way than over HTTP, so the measures gain more than the load did. */
  isImported = false;

  /** Whether a message that no journal knows was put into a stream on purpose. */
  isMessage(id: string): boolean {
    return this.messages.has(id) || (this.hasSecondVersions && id.endsWith(':v2'));
  }
}
