import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cookieName, cookieOptions } from '#libs/pages';
import { type Config, siteOf } from '../../config.js';

/** What a browser holds of following a concern: first which one a code was asked for, and where that went; then what opens it, and nothing that tells of it. */
const shape = z.union([
  z.object({ reference: z.string(), sentBy: z.enum(['outbox', 'notify', 'nobody']) }),
  z.object({ council: z.string(), following: z.string() }),
]);
export type HeldFollowing = z.infer<typeof shape>;

const cookieOf = (config: Config): string => cookieName(siteOf(config), 'following');

/** Has the browser keep it until it is closed. */
export const holdFollowing = (config: Config, reply: FastifyReply, held: HeldFollowing): FastifyReply =>
  reply.setCookie(cookieOf(config), Buffer.from(JSON.stringify(held)).toString('base64url'), cookieOptions(siteOf(config)));

/** Has the browser keep none. */
export const dropFollowing = (config: Config, reply: FastifyReply): FastifyReply => reply.clearCookie(cookieOf(config), cookieOptions(siteOf(config)));

/** What a browser holds; undefined where it is none of ours. */
export function heldFollowing(config: Config, request: FastifyRequest): HeldFollowing | undefined {
  try {
    const kept = request.unsignCookie(request.cookies[cookieOf(config)] ?? '').value;
    return shape.safeParse(JSON.parse(Buffer.from(kept ?? '', 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
