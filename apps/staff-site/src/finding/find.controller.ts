import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { dayOf, type Render, ServiceUnavailable, show } from '#libs/pages';
import { read, text } from '../concerns/acts/act.js';
import { statuses } from '../concerns/words.js';
import { may } from '../may.js';
import { RENDER, Services } from '../outside.js';
import { paths } from '../paths.js';

const form = z.object({ reference: text });
const found = z.object({ items: z.array(z.object({ id: z.string(), reference: z.string(), status: z.enum(['awaiting-triage', 'triaged', 'entered-in-error', 'disposed']), receivedAt: z.string() })) });
/** No reference is longer. */
const longest = 100;

/** A concern by its reference, from any page. What is typed is sent and stands in no address: it may be somebody's name. */
@Controller('concerns/find')
export class FindController {
  constructor(
    private readonly services: Services,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Post()
  async find(@Body() body: unknown, @Res() reply: FastifyReply) {
    const { reference } = read(form, body);
    if (reference === '' || reference.length > longest) return this.page(reply, { reference, why: 'Type the whole reference, such as SC-0123-ABCD', status: 400 });
    const { items } = await this.search(reference);
    const [one] = items;
    if (one && items.length === 1) return reply.redirect(paths.concern(one.id), 303);
    if (!one) return this.page(reply, { reference, why: 'No concern of your council has this reference', status: 404 });
    return this.page(reply, { reference, items: items.map(({ id, receivedAt, status, ...item }) => ({ href: paths.concern(id), text: `${item.reference}, ${dayOf(receivedAt)}: ${statuses[status].toLowerCase()}` })) });
  }

  private async search(reference: string): Promise<z.infer<typeof found>> {
    const { status, body } = await this.services.triage.query('/concerns/find', { reference });
    // What can be no reference is none.
    if (status === 400) return { items: [] };
    const { success, data } = found.safeParse(body);
    if (!success) throw new ServiceUnavailable('triage');
    return data;
  }

  private page(reply: FastifyReply, { reference, why, items = [], status }: { reference: string; why?: string; items?: object[]; status?: number }) {
    const errors = why ? [{ text: why, href: '#find' }] : [];
    return show(reply, this.render('find.njk', { title: 'Find a concern', here: paths.queues(), errors, items, sought: reference, personHref: may('person.find') ? paths.findPerson() : undefined }), status);
  }
}
