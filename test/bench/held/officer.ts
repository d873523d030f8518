import { Browser } from '#libs/testing';
import type { BenchSystem } from '../plant/bench-system.ts';

/** Opens pages of the staff site as somebody who is signed in. */
export interface Officer {
  /** The page at this path, whole. Throws where it is another, or none. */
  open(path: string): Promise<string>;
}

/** Signs one of the invented staff in, as they do in a browser. */
export async function officer(system: BenchSystem, who: string): Promise<Officer> {
  const { staff } = system.running.sites;
  const browser = new Browser();
  const asked = await browser.open(`${staff}/`);
  const entered = await browser.open(asked.url, { form: { other: who } });
  if (entered.status !== 200 || !entered.url.startsWith(staff)) throw new Error(`${who} could not sign in at the staff site: ${entered.status} at ${new URL(entered.url).pathname}`);
  return {
    async open(path) {
      const { status, url, text } = await browser.open(`${staff}${path}`);
      if (status !== 200 || url !== `${staff}${path}`) throw new Error(`${path} answered ${status} at ${new URL(url).pathname}`);
      return text;
    },
  };
}
