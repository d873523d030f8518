/** What came to be told within a version after its first release: the contract, the journal's event behind it, and the fields. */
export const later = [
  { contract: 'safeguarding.concern.triaged.v1', event: 'ConcernTriaged', fields: ['otherAuthority', 'sarReferral'] },
  { contract: 'safeguarding.concern.wishes-recorded.v1', event: 'WishesRecorded', fields: ['couldNotAsk'] },
  { contract: 'safeguarding.concern.reopened.v1', event: 'ConcernReopened', fields: ['hasEnquiry'] },
  { contract: 'safeguarding.concern.entered-in-error.v1', event: 'ConcernEnteredInError', fields: ['hasEnquiry'] },
] as const;

/** An event as the first release of its contract would have written it. */
export function asOlder<Event extends { type: string }>(event: Event): Event {
  const unknown: readonly string[] = later.find((one) => one.event === event.type)?.fields ?? [];
  return Object.fromEntries(Object.entries(event).filter(([field]) => !unknown.includes(field))) as Event;
}
