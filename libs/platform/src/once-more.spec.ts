import { onceMore, patientlyAsked } from './once-more.js';

const broken = (code: string) => Object.assign(new TypeError('fetch failed'), { cause: { code } });
const stopping = () => new Response('', { status: 503, headers: { 'retry-after': '0' } });

/** Answers in turn; what is an error is thrown. */
function answering(...answers: (Response | Error)[]) {
  const asked = { times: 0 };
  const ask = async (): Promise<Response> => {
    asked.times += 1;
    const answer = answers.shift();
    if (answer instanceof Response) return answer;
    throw answer;
  };
  return { asked, ask };
}

describe('asking once more', () => {
  it.each(['ECONNRESET', 'ECONNREFUSED', 'UND_ERR_SOCKET'])('is done where the connection broke (%s)', async (code) => {
    const { asked, ask } = answering(broken(code), new Response('taken'));
    expect(await (await onceMore(ask)).text()).toBe('taken');
    expect(asked.times).toBe(2);
  });

  it('is done where the process was being stopped', async () => {
    const { ask } = answering(stopping(), new Response('taken'));
    expect((await onceMore(ask)).status).toBe(200);
  });

  it('is done once', async () => {
    const { asked, ask } = answering(broken('ECONNRESET'), broken('ECONNRESET'), new Response('taken'));
    await expect(onceMore(ask)).rejects.toThrow('fetch failed');
    expect(asked.times).toBe(2);
  });

  it.each([['an answer', new Response('', { status: 409 })], ['a service without its database', new Response('', { status: 503, headers: { 'retry-after': '2' } })]])('is not done after %s', async (_what, answer) => {
    const { asked, ask } = answering(answer);
    expect(await onceMore(ask)).toBe(answer);
    expect(asked.times).toBe(1);
  });

  it('is not done after a time-out, since whoever was asked may still be at it', async () => {
    const { asked, ask } = answering(new DOMException('too late', 'TimeoutError'));
    await expect(onceMore(ask)).rejects.toThrow('too late');
    expect(asked.times).toBe(1);
  });
});

describe('asking patiently', () => {
  const silent = () => new Response('', { status: 503, headers: { 'retry-after': '2' } });
  const quickly = { pauseMs: 1, endMs: 60_000 };

  it('goes on while the service is without its database, or not there', async () => {
    const { asked, ask } = answering(silent(), silent(), broken('ECONNREFUSED'), broken('ECONNREFUSED'), new Response('taken'));
    expect(await (await patientlyAsked(ask, quickly)).text()).toBe('taken');
    expect(asked.times).toBe(5);
  });

  it('ends with what it was told last when its time is over', async () => {
    const { asked, ask } = answering(silent(), broken('ECONNREFUSED'), broken('ECONNREFUSED'));
    expect((await patientlyAsked(ask, { pauseMs: 1, endMs: 0 })).status).toBe(503);
    await expect(patientlyAsked(ask, { pauseMs: 1, endMs: 0 })).rejects.toThrow('fetch failed');
    expect(asked.times).toBe(3);
  });

  it('is not done after any other answer', async () => {
    const { asked, ask } = answering(new Response('', { status: 500 }));
    expect((await patientlyAsked(ask, quickly)).status).toBe(500);
    expect(asked.times).toBe(1);
  });
});
