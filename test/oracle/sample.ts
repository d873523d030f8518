import type { Extract, Row } from './builders.ts';
import { columnsOf, type FileName } from './columns.ts';
import { parseCsv } from './csv.ts';
import { bytesOf } from './judge.ts';
import type { Story } from './spoilings.ts';

/** Some concerns and applications of an extract, taken evenly, with all they refer to and the enquiries on them. */
export function sample(folder: string, count: number): { story: Story; extract: Required<Extract> } {
  const [people, concerns, enquiries, dols] = (['people', 'concerns', 'enquiries', 'dols'] as const).map((file) => rowsOf(folder, file)) as [Row[], Row[], Row[], Row[]];
  const some = { concerns: evenly(concerns, count), dols: evenly(dols, count) };
  const refs = new Set(some.concerns.map(({ concern_ref: reference }) => reference));
  const persons = new Set([...some.concerns, ...some.dols].map(({ person_ref: reference }) => reference));
  return {
    story: aStory({ people, concerns, enquiries, dols }),
    extract: {
      ...some,
      people: people.filter(({ person_ref: reference }) => persons.has(reference)),
      enquiries: enquiries.filter(({ concern_ref: reference }) => refs.has(reference)),
    },
  };
}

/** One person with a concern, its concluded enquiry and a granted application: all good, to be spoiled. */
function aStory({ people, concerns, enquiries, dols }: Required<Extract>): Story {
  const enquiry = enquiries.find(({ concluded_at: concluded, outcomes_achieved: achieved }) => concluded !== '' && achieved !== '')!;
  const concern = concerns.find(({ concern_ref: reference }) => reference === enquiry.concern_ref)!;
  const person = people.find(({ person_ref: reference }) => reference === concern.person_ref)!;
  const application = dols.find(({ outcome, priority }) => outcome === 'granted' && priority !== '')!;
  return { people: person, concerns: concern, enquiries: enquiry, dols: { ...application, person_ref: person.person_ref! } };
}

function evenly(rows: Row[], count: number): Row[] {
  const step = Math.max(1, Math.floor(rows.length / count));
  return rows.filter((_, place) => place % step === 0).slice(0, count);
}

const known = new Map<string, Row[]>();

function rowsOf(folder: string, file: FileName): Row[] {
  const place = `${folder}/${file}`;
  const rows = known.get(place) ?? readRows(folder, file);
  known.set(place, rows);
  return rows;
}

function readRows(folder: string, file: FileName): Row[] {
  const [header, ...rows] = parseCsv(bytesOf(folder, file) ?? Buffer.alloc(0));
  const columns = Object.keys(columnsOf[file]);
  return rows.map(({ cells }) => Object.fromEntries(columns.map((column) => [column, cells[header!.cells.indexOf(column)] ?? ''])));
}
