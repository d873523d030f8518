import { concernFacts } from './concern-facts.js';
import { dolsFacts } from './dols-facts.js';
import { enquiryFacts } from './enquiry-facts.js';
import { aliasFacts, personFacts } from './person-facts.js';
import { tellingFacts } from './telling-facts.js';
import type { AnyTold, ConcernTold, DolsTold, EnquiryTold, PersonTold } from './told.js';

/** The facts of one record or of many: each under the table that holds it. */
export interface Facts {
  concern_fact: ReturnType<typeof concernFacts>;
  telling_fact: ReturnType<typeof tellingFacts>;
  enquiry_fact: ReturnType<typeof enquiryFacts>;
  dols_fact: ReturnType<typeof dolsFacts>;
  person_fact: ReturnType<typeof personFacts>;
  alias_fact: ReturnType<typeof aliasFacts>;
}

/** The facts that follow from these events, in whatever order and however often they are given. */
export function factsOf(events: Iterable<AnyTold>): Facts {
  const all = [...events];
  const concerns = storiesOf(all.filter(isOfConcern));
  const people = storiesOf(all.filter(isOfPerson));
  return {
    concern_fact: concerns.flatMap(concernFacts),
    telling_fact: concerns.flatMap(tellingFacts),
    enquiry_fact: storiesOf(all.filter(isOfEnquiry)).flatMap(enquiryFacts),
    dols_fact: storiesOf(all.filter(isOfDols)).flatMap(dolsFacts),
    person_fact: people.flatMap(personFacts),
    alias_fact: people.flatMap(aliasFacts),
  };
}

const storiesOf = <Event extends AnyTold>(events: readonly Event[]): Event[][] => [...Map.groupBy(events, (event) => event.recordId).values()];

const isOfConcern = (event: AnyTold): event is ConcernTold => event.type.startsWith('safeguarding.concern.');
const isOfEnquiry = (event: AnyTold): event is EnquiryTold => event.type.startsWith('safeguarding.enquiry.');
const isOfDols = (event: AnyTold): event is DolsTold => event.type.startsWith('safeguarding.dols-request.');
const isOfPerson = (event: AnyTold): event is PersonTold => event.type.startsWith('safeguarding.person.');
