import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AgeQuestion, JudgedAge } from '#libs/extract';
import type { Rows } from '../../../test/oracle/judge.ts';

/** Stands in for `people` where the ages of an extract are asked for: it knows whom the oracle knows. */
export class FakePeople {
  rows: Rows['people'] = new Map();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakePeople> {
    const server = createServer(async (request, response) => {
      // It has told nothing of anybody.
      if (request.method === 'GET') return void response.end();
      const { questions } = JSON.parse(await text(request)) as { questions: AgeQuestion[] };
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ ages: questions.map((one) => people.judge(one)) }));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const people = new FakePeople(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return people;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private judge({ reference, on }: AgeQuestion): JudgedAge {
    const person = this.rows.get(reference);
    const isUnder18 = Boolean(person?.born && on && on < eighteenthBirthday(person.born));
    return { isKnown: person !== undefined, ageBand: 'not_known', isUnder18 };
  }
}

/** Born on 29 February, a person is of age on 1 March: as texts, 29 February of a year without one lies just before. */
const eighteenthBirthday = (born: string): string => `${Number(born.slice(0, 4)) + 18}${born.slice(4)}`;
