/** The programs of a system that ask its services in their own name: the services, and the commands of whoever runs it. */
export const programs = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics', 'operator'] as const;
export type Program = (typeof programs)[number];

interface Errand {
  /** What is asked, to follow "to". */
  does: string;
  by: readonly Program[];
}

/** What programs may ask of services: the one table. An errand is named by what it is about and a verb. */
export const errands = {
  'claims.read': { does: 'read what was said about the people of records, until it is kept in people', by: ['people'] },
  'partners_organisation.ask': { does: 'ask for which organisation a partner signs in', by: ['triage'] },
  'organisations_named.read': { does: 'read which organisations an extract names', by: ['directory'] },
  'ages.ask': { does: 'ask how old people of an extract were on a day', by: ['triage', 'dols'] },
  'imported_concerns.ask': { does: 'ask which concerns were imported, and what was decided', by: ['section42'] },
  'enquiries_disposed.ask': { does: 'ask which concerns’ enquiries were disposed of, and which are on hold', by: ['triage', 'people'] },
  'concerns_on_hold.ask': { does: 'ask which concerns are under a legal hold', by: ['section42'] },
  'people_named.ask': { does: 'ask whom records name that are kept', by: ['people'] },
  'restricted_people.ask': { does: 'ask who is named in restricted records about somebody', by: ['triage', 'dols'] },
  'contracts.read': { does: 'read what a service published', by: programs },
  'extract.import': { does: 'send a file of an extract, and ask what became of it', by: ['operator'] },
  'mentions.gather': { does: 'have the directory ask which organisations an extract names', by: ['operator'] },
  'service.verify': { does: 'have a service verify what it keeps', by: ['operator'] },
  'service.rebuild': { does: 'have a service draw up again what follows from its journal or from others', by: ['operator'] },
  'keys.change': { does: 'have a service take what its keys protect to a new key', by: ['operator'] },
  'service.settle': { does: 'ask what is still on its way', by: ['operator'] },
} as const satisfies Record<string, Errand>;

export type ErrandName = keyof typeof errands;

export const errandNames = Object.keys(errands) as ErrandName[];

/** Whether a program may ask this. */
export const mayAsk = (program: Program | undefined, errand: ErrandName): boolean => (errands[errand].by as readonly (Program | undefined)[]).includes(program);
