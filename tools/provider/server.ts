import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { icon, stylesheet, stylesheetPath } from '#libs/pages';
import { inStandardWords } from './asked-as-entra.ts';
import { Pages } from './pages.ts';
import { personClaims } from './people.ts';
import type { ProviderPlan } from './plan.ts';
import { makeProvider, metBefore, wordsOf } from './provider.ts';

const mostBytes = 4_096;

/** The provider and its pages as a server, not listening yet. */
export function providerServer(plan: ProviderPlan, says: Record<string, unknown> = {}): Server {
  const pages = new Pages(plan.clients.flatMap(({ url }) => url ?? []));
  const provider = makeProvider(plan, pages);
  provider.on('server_error', (_ctx, error) => process.stderr.write(`${JSON.stringify({ msg: 'the provider could not answer', name: error.name, where: error.stack?.split('\n')[1]?.trim() })}\n`));
  const answer = provider.callback();

  /** Somebody chooses whom to be, for the site that sent them here. */
  async function signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    const isAgain = prompt.name === 'login' && !prompt.reasons.includes('no_session');
    const show = (status: number, error?: string): void =>
      void response.writeHead(status, pages.headers).end(pages.choose({ isAgain, ...(error ? { error } : {}) }));
    if (request.method !== 'POST') return show(200);
    const form = new URLSearchParams(await bodyOf(request));
    const person = form.get('other')?.trim() || form.get('person') || '';
    if (!personClaims(person)) return show(400, 'Choose one of these people, or give the id of another');
    // Who is invented has no second factor: what is asked for is met by choosing, and what was met before with the same person stays so.
    const before = session?.accountId === person ? metBefore(session.acr) : [];
    const acr = [...new Set([...wordsOf(params['acr_values']), ...before])].join(' ');
    await provider.interactionFinished(request, response, { login: { accountId: person, ...(acr ? { acr } : {}) } }, { mergeWithLastSubmission: false });
  }

  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', plan.issuer);
    if (pathname === '/health') return json(response, { name: 'provider', status: 'ok', ...says });
    if (pathname === stylesheetPath) return void response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(stylesheet);
    if (pathname === '/assets/icon.svg') return void response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(icon);
    if (pathname === '/auth' && plan.flavour === 'entra') request.url = inStandardWords(request.url!, plan);
    if (!/^\/sign-in\/[\w-]+$/.test(pathname)) return void answer(request, response);
    signIn(request, response).catch(() => response.headersSent || void response.writeHead(400, pages.headers).end(pages.choose({ isAgain: false, error: 'That took too long. Go back to where you came from and start again' })));
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const bytes of request) {
    body += String(bytes);
    if (body.length > mostBytes) throw new Error('too long');
  }
  return body;
}

function json(response: ServerResponse, said: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
}
