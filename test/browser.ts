import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from '../tools/servers/chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The widths that pages are looked at in: a desk, and a phone. */
export const widths = [1280, 375] as const;

/**
 * A browser of this machine, or null where there is none. In CI that is a failure: nothing may pass there because
 * nobody looked.
 */
export async function findBrowser(): Promise<(() => Promise<Browser>) | null> {
  const found = await findChromium((line) => process.stderr.write(`${line}\n`));
  if ('executablePath' in found) {
    const { executablePath, args, env } = found;
    return () => chromium.launch({ executablePath, args, env: { ...process.env, ...env } as Record<string, string> });
  }
  if (process.env['CI']) throw new Error(`The sites cannot be tested without a browser. ${found.missing}`);
  const line = '!'.repeat(100);
  process.stderr.write(`\n${line}\nTHE SITES WERE NOT TRIED IN A BROWSER. ${found.missing}\n${line}\n\n`);
  return null;
}

/** On a machine where no browser runs a suite says so loudly and counts as not run; on CI `findBrowser` fails instead. */
export const describeIn = (launch: unknown) => (launch ? describe : describe.skip);

/** Pages of one visitor, and every complaint that the browser made of them. */
export async function visitor(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London', viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  context.on('console', (message) => {
    // A page that was refused says so in its status; the browser repeats it here.
    const isOnlyStatus = message.text().startsWith('Failed to load resource: the server responded with a status of 4') && message.location().url === message.page()?.url();
    if (['error', 'warning'].includes(message.type()) && !isOnlyStatus) complaints.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`${error.page()?.url()}: ${error.error().message}`));
  context.on('requestfailed', (request) => {
    // The browser itself let go of it, since its page was left; what a server breaks off has other names.
    const isLeft = request.failure()?.errorText === 'net::ERR_ABORTED';
    if (!isLeft && !request.isNavigationRequest()) complaints.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  return { context, complaints, page: await context.newPage() };
}

/** Signs in as one of the invented people wherever the page is asked who it is. */
export async function signInAs(page: Page, person: string): Promise<void> {
  await page.getByLabel('Or somebody else, by their id').fill(person);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** What a script finds in the page. */
interface InPage {
  axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
  document: { documentElement: { scrollWidth: number; clientWidth: number } };
}

/** What keeps people from using a page as it stands: violations of WCAG 2.2 AA, and a page wider than its window. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async (tags) => {
    const page = globalThis as unknown as InPage;
    const { violations } = await page.axe.run({ runOnly: tags });
    const { scrollWidth, clientWidth } = page.document.documentElement;
    return { violations, isTooWide: scrollWidth > clientWidth };
  }, wcag);
  const violations = found.violations.map(({ id, nodes }) => `${page.url()}: ${id} at ${nodes[0]?.html}`);
  return found.isTooWide ? [...violations, `${page.url()}: wider than the window`] : violations;
}
