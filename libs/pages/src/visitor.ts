import { AsyncLocalStorage } from 'node:async_hooks';

/** Somebody who is signed in, as the pages of a request need them. */
export interface Visitor {
  id: string;
  name: string;
  roles: readonly string[];
  /** The council they act for; null for whoever acts for none. */
  authority: string | null;
  /** Says to a service who asks. */
  proof: { authorization: string };
}

interface Visit {
  visitor: Visitor | undefined;
  /** The token of the form with which they sign out. */
  formToken: () => string;
  /** Something was sent to a service that may have changed something there. */
  mayHaveChanged?: boolean;
}

const visits = new AsyncLocalStorage<Visit>();

/** Everything that this leads to is done for this visitor: what services are asked, and what pages show around their content. */
export function visiting(visit: Visit, work: () => void): void {
  visits.run(visit, work);
}

/** Notes of the request that is being answered that it may have changed something. */
export function mayChange(): void {
  const visit = visits.getStore();
  if (visit) visit.mayHaveChanged = true;
}

/** Whether it surely has changed nothing: of a request of which nothing is known nobody can say so. */
export const hasChangedNothing = (): boolean => visits.getStore()?.mayHaveChanged === undefined && visits.getStore() !== undefined;

/** Who is signed in, in the request that is being answered. */
export const visitor = (): Visitor | undefined => visits.getStore()?.visitor;

/** What the layout shows of them. */
export function signedInAs(): { name: string; csrf: string } | undefined {
  const visit = visits.getStore();
  return visit?.visitor && { name: visit.visitor.name, csrf: visit.formToken() };
}

/** The same, with the reason for which somebody's record is read. */
export const because = (why: string) => async (): Promise<Record<string, string>> => ({ ...(await asVisitor()), 'caseward-why': why });

/** The headers with which a service is asked in the name of whoever is signed in; none where nobody is. */
export const asVisitor = async (): Promise<Record<string, string>> => ({ ...visitor()?.proof });
