export interface Waiting {
  /** Whatever else is in the batch has to wait as well: trying its parts would only ask in vain again and again. */
  isForAll?: boolean;
  /** The ids of the messages that have to wait, where it is known which; the others are tried again without them. */
  messageIds?: readonly string[];
}

/** A message came before the one that it builds on: it is tried again later and never set aside. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  readonly isForAll: boolean;
  readonly messageIds: ReadonlySet<string>;

  constructor(message: string, { isForAll = false, messageIds = [], ...options }: ErrorOptions & Waiting = {}) {
    super(message, options);
    this.isForAll = isForAll;
    this.messageIds = new Set(messageIds);
  }
}

const connectionErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** How the drivers tell of a connection that was lost or not to be had, which has no code. */
const connectionLost = /Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|already released|Client has encountered a connection error|not queryable/;

/** Whether the same thing may well succeed in a moment, whatever the message: the database is away, busy or full. */
export function isPassing(error: unknown): boolean {
  const { code, message, driverError } = (error ?? {}) as { code?: string; message?: string; driverError?: unknown };
  if (driverError) return isPassing(driverError);
  // A statement that took too long (57014) takes as long again, until the batch is smaller.
  if (code === '57014') return false;
  if (code && connectionErrors.has(code)) return true;
  // Classes of PostgreSQL's errors: connection, rollback (serialisation, deadlock), resources, a lock or a session that ran out of time, intervention (shutdown), system.
  if (code && /^(08|40|53|55P03|25P03|57|58)/.test(code)) return true;
  return connectionLost.test(message ?? '');
}

/** How long to wait before the n-th try, in milliseconds: doubling to half a minute. */
export const backOffMs = (tries: number): number => Math.min(30_000, 100 * 2 ** Math.min(tries, 9));

/** What an error is called in a letter: its class, and its code where it has one. Never its message, which may quote what somebody typed. */
export function errorClassOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const known = code ?? driverError?.code;
  return typeof known === 'string' && /^[\w/-]{1,40}$/.test(known) ? `${error.constructor.name} ${known}` : error.constructor.name;
}
