/** Every address of this site. Nothing else builds one. */
export const paths = {
  home: (done = '') => withQuery('/', { done }),
  board: (choice?: Record<string, string>) => withQuery('/board', choice),
  boardCsv: (measure: string, choice: Record<string, string>) => withQuery(`/board/${measure}.csv`, choice),
  queues: () => '/queues',
  queue: (queue: string, choice?: Record<string, string>) => withQuery(`/queues/${queue}`, choice),
  liveConcerns: (choice?: Record<string, string>) => withQuery('/queues/triage/now', choice),
  giveConcerns: (choice?: Record<string, string>) => withQuery('/queues/triage/give', choice),
  /** Whether an open page of one is as it was. */
  liveConcern: (id: string, since?: string) => withQuery(`/concerns/${encodeURIComponent(id)}/now`, since === undefined ? undefined : { since }),
  findConcern: () => '/concerns/find',
  findPerson: () => '/people/find',
  allocateEnquiry: (id: string) => `/enquiries/${encodeURIComponent(id)}/allocate`,
  secondLook: (id: string) => `/concerns/${encodeURIComponent(id)}/second-look`,
  /** Opened all the same by somebody who could give the second look that is wanted. */
  concernWithoutLook: (id: string) => withQuery(`/concerns/${encodeURIComponent(id)}`, { secondLook: 'left' }),
  concern: (id: string, done = '') => withQuery(`/concerns/${encodeURIComponent(id)}`, { done }),
  concernAct: (id: string, act: string, done = '') => withQuery(`/concerns/${encodeURIComponent(id)}/${act}`, { done }),
  concernFiles: (id: string) => `/concerns/${encodeURIComponent(id)}/files`,
  concernFile: (id: string, fileId: string) => `/concerns/${encodeURIComponent(id)}/files/${encodeURIComponent(fileId)}`,
  restricted: (choice?: Record<string, string>) => withQuery('/restricted', choice),
  restrictedRequest: (id: string) => `/restricted/requests/${encodeURIComponent(id)}`,
  breakGlass: () => '/restricted/open',
  /** To show again that it is you, and then to go on there. */
  signInAgain: (to: string) => withQuery('/sign-in', { to, again: 'yes' }),
  subjectAccess: () => '/subject-access',
  subjectAccessOf: () => '/subject-access/of',
  subjectAccessPack: () => '/subject-access/pack',
  retention: (choice?: Record<string, string>) => withQuery('/retention', choice),
  findKept: () => '/retention/find',
  kept: (kind: string, id: string, done = '') => withQuery(`/retention/${kind}/${encodeURIComponent(id)}`, { done }),
  keptAct: (kind: string, id: string, act: string) => `/retention/${kind}/${encodeURIComponent(id)}/${act}`,
  quarantine: (choice?: Record<string, string>) => withQuery('/imports/quarantine', choice),
  quarantineCsv: (file: string) => withQuery('/imports/quarantine.csv', { file }),
  messages: (choice?: Record<string, string>) => withQuery('/messages', choice),
  message: (service: string, id: string) => `/messages/${service}/${encodeURIComponent(id)}`,
  programs: () => '/programs',
  organisations: () => '/organisations',
  organisation: (id: string, done = '') => withQuery(`/organisations/${encodeURIComponent(id)}`, { done }),
  organisationAct: (id: string, act: string) => `/organisations/${encodeURIComponent(id)}/${act}`,
  staff: () => '/staff',
  staffMember: (id: string, done = '') => withQuery(`/staff/${encodeURIComponent(id)}`, { done }),
  staffAct: (id: string, act: string) => `/staff/${encodeURIComponent(id)}/${act}`,
  /** Where somebody is signed in themselves. */
  sessions: () => '/sessions',
  outbox: (choice?: Record<string, string>) => withQuery('/outbox', choice),
  audit: (choice?: Record<string, string>) => withQuery('/audit', choice),
  auditOdd: (choice?: Record<string, string>) => withQuery('/audit/odd', choice),
  auditCsv: (choice: Record<string, string>) => withQuery('/audit/readings.csv', choice),
  quarantinedRow: (file: string, id: string) => `/imports/quarantine/${file}/${encodeURIComponent(id)}`,
};

function withQuery(path: string, choice: Record<string, string> = {}): string {
  const query = new URLSearchParams(Object.entries(choice).filter(([, value]) => value !== '')).toString();
  return query ? `${path}?${query}` : path;
}
