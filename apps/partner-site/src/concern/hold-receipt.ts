import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, cookieOptions } from '#libs/pages';
import { type Config, siteOf } from '../config.js';
import { readReceipt, type Receipt, writeReceipt } from './receipt.js';

const cookieOf = (config: Config): string => cookieName(siteOf(config), 'receipt');

/** Has the browser keep a receipt until it is closed. */
export const holdReceipt = (config: Config, reply: FastifyReply, receipt: Receipt): FastifyReply => reply.setCookie(cookieOf(config), writeReceipt(receipt), cookieOptions(siteOf(config)));

/** Has the browser keep none. */
export const dropReceipt = (config: Config, reply: FastifyReply): FastifyReply => reply.clearCookie(cookieOf(config), cookieOptions(siteOf(config)));

/** The receipt that a browser has; undefined where it has none of ours. */
export const heldReceipt = (config: Config, request: FastifyRequest): Receipt | undefined => readReceipt(request.unsignCookie(request.cookies[cookieOf(config)] ?? '').value);
