import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { projectRoot } from './project-root.js';
import { stylesheetPath } from './stylesheet.js';
import { telephone } from './telephone.js';
import { signedInAs } from './visitor.js';

/** What every page of a site shows around its content. */
export interface SiteFrame {
  name: string;
  /** Each for everybody, unless it says for whom. `then`: see `footer`. */
  navigation: { text: string; href: string; isFor?: () => boolean; then?: string }[];
  /** On a phone the navigation, and who is signed in, are folded into a menu: where there are many links. */
  isFolded?: boolean;
  /** Where somebody may sign in who need not. `then`: see `footer`. */
  signIn?: { text: string; href: string; then?: string };
  /** A line above every page, such as what is not there yet. */
  notice?: string;
  /** A template of the site's own that comes first on every page, whatever happens, with what it needs. */
  above?: { template: string; isFor?: () => boolean; [more: string]: unknown };
  /** Pages that are always at hand, below. A page that `keeps` what is typed in its form sends that form instead, with this as its `then`; its own name, with `home`. */
  footer?: { text: string; href: string; then?: string }[];
  /** What to ring where a page cannot be shown. */
  phone?: string;
}

export type Render = (template: string, model: object) => string;

/** A function that fills a template of the app, or of those that both sites share. Everything shown is escaped. */
export function renderer(app: string, frame: SiteFrame): Render {
  const folders = ['apps/' + app + '/templates', 'libs/pages/templates', 'node_modules/govuk-frontend/dist'];
  const environment = new nunjucks.Environment(
    new nunjucks.FileSystemLoader(folders.map((folder) => join(projectRoot, folder)), { noCache: false }),
    { autoescape: true, trimBlocks: true, lstripBlocks: true },
  );
  environment.addGlobal('frame', frame);
  environment.addFilter('withActive', withActive);
  environment.addFilter('telephone', (said: string) => new nunjucks.runtime.SafeString(telephone(said)));
  environment.addGlobal('signedInAs', signedInAs);
  environment.addGlobal('stylesheet', stylesheetPath);
  return (template, model) => environment.render(template, model);
}

function withActive(items: SiteFrame['navigation'], here: string | undefined) {
  return items.filter(({ isFor }) => isFor?.() ?? true).map((item) => ({ ...item, active: item.href === here }));
}
