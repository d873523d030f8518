/** A message came before the one that it builds on: it is tried again later and never set aside. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  /** Whatever else is in the batch has to wait as well: trying its parts would only ask in vain again and again. */
  readonly isForAll: boolean;

  constructor(message: string, options: ErrorOptions & { isForAll?: boolean } = {}) {
    super(message, options);
    this.isForAll = options.isForAll ?? false;
  }
}

const connectionErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT']);

/** Whether the same thing may well succeed in a moment, whatever the message: the database is away, busy or full. */
export function isPassing(error: unknown): boolean {
  const { code, message, driverError } = (error ?? {}) as { code?: string; message?: string; driverError?: unknown };
  if (driverError) return isPassing(driverError);
  // A statement that took too long (57014) takes as long again, until the batch is smaller.
  if (code === '57014') return false;
  if (code && connectionErrors.has(code)) return true;
  // Classes of PostgreSQL's errors: connection, rollback (serialisation, deadlock), resources, intervention (shutdown), system.
  if (code && /^(08|40|53|57|58)/.test(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/.test(message ?? '');
}

/** How long to wait before the n-th try, in milliseconds: doubling to half a minute. */
export const backOffMs = (tries: number): number => Math.min(30_000, 100 * 2 ** Math.min(tries, 9));
