import { type Check, type Finding, type Looked, type Queries, sealLength } from '#libs/journal';

interface Row {
  record_id: string;
  file_id: string;
  /** Null: nothing tells of it. */
  told: number | null;
  held: number | null;
}

/** What files hold that nobody refused, of concerns that are kept, beside what is there; less what is just being sent. */
const notAlike = `
with told as (
  select record_id, (data->>'fileId')::uuid as file_id, (data->>'bytes')::bigint as bytes from journal as added
  where type = 'FileAdded' and not exists (
    select from journal as later where later.record_id = added.record_id
    and (later.type = 'ConcernDisposed' or (later.type = 'FileJudged' and later.data->>'fileId' = added.data->>'fileId' and later.data->>'verdict' = 'refused'))
  )
), held as (
  select record_id, file_id, sum(octet_length(cipher) - ${sealLength})::bigint as bytes from file_part
  where not exists (select from upload where upload.file_id = file_part.file_id and due_at is null) group by record_id, file_id
)
select record_id, file_id, told.bytes as told, held.bytes as held from told full join held using (record_id, file_id)
where told.bytes is distinct from held.bytes order by file_id`;

/** What every file holds is there as long as it was, and nothing is kept of a file of which nothing tells. */
export const wholeFiles = (queries: Queries): Check => ({
  name: 'files',
  async *run(): AsyncGenerator<Finding, Looked> {
    for (const row of await queries.query<Row[]>(notAlike)) {
      yield { what: row.told === null ? 'something is kept of a file that is not in the story' : 'what a file holds is not there as it came', where: { record: row.record_id, file: row.file_id } };
    }
    const [counted] = await queries.query<{ files: number }[]>(`select count(distinct file_id)::int as files from file_part`);
    return { looked: counted!.files };
  },
});
