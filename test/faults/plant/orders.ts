/** Where a service can be made to die: before it publishes, before it empties the outbox of what it published, before it acknowledges what it took, before it answers what it committed. */
export const points = ['publish', 'delete', 'acknowledge', 'answer'] as const;

export type Point = (typeof points)[number];

/** What a test may tell a service that has `armed.ts` preloaded. */
export type Order = { arm: Point; passings: number } | { disarm: true } | { clockMs: number } | { slowMs: number } | { isNewer: boolean } | { isOlder: boolean } | { isRefusing: boolean };
