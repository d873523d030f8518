import type { FastifyReply } from 'fastify';
import { type FormError, type Render, show } from '#libs/pages';
import { concernPage, type Trouble } from './concern-page.js';
import type { Typed } from './typed.js';

/** Shows the form, with what was typed and why it comes back. */
export function showForm(
  { reply, render, phone }: { reply: FastifyReply; render: Render; phone: string },
  typed: Typed,
  { status, errors, trouble }: { status: number; errors: FormError[]; trouble?: Trouble },
) {
  const page = concernPage(typed, { errors, csrf: reply.generateCsrf(), phone, ...(trouble && { trouble }) });
  return show(reply, render('concern.njk', page), status);
}
