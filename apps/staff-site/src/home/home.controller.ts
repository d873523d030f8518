import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Render, show } from '#libs/pages';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';

const CARDS = [
  { heading: 'Board report', href: paths.board(), text: 'What is happening, for the quality subgroup: each measure with its chart, its table and what the Care Quality Commission published.' },
  { heading: 'Concerns awaiting triage', href: paths.queue('triage'), text: 'Everything that nobody has decided yet, with both clocks.' },
  { heading: 'To be told', href: paths.queue('feedback'), text: 'Decided concerns whose referrer has not heard what became of them.' },
  { heading: 'Unallocated enquiries', href: paths.queue('enquiries'), text: 'Enquiries that have been opened and that nobody has been given.' },
  { heading: 'Waiting for DoLS', href: paths.queue('dols'), text: 'Requests by priority band and age, and those past their longest wait.' },
  { heading: 'Rows set aside by an import', href: paths.quarantine(), text: 'What could not be taken, why, and a form to mend it.' },
  { heading: 'Who read what', href: paths.audit(), text: 'For auditors: who opened which record, when and why, and what of it to ask about.' },
  { heading: 'Messages set aside', href: paths.messages(), text: 'What one service told another and could not be handled: what it says, and a button that sends it again.' },
];

@Controller()
export class HomeController {
  constructor(@Inject(RENDER) private readonly render: Render) {}

  @Get()
  home(@Res() reply: FastifyReply) {
    return show(reply, this.render('home.njk', { title: 'Home', here: paths.home(), cards: CARDS }));
  }
}
