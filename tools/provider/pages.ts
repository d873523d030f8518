import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Render, renderer } from '#libs/pages';
import { choices } from './people.ts';
import type { ProviderPages } from './provider.ts';

const frame = {
  name: 'Sign in, for trying out',
  navigation: [],
  notice: 'This is for trying out: everybody here is invented, there are no passwords, and nobody real signs in.',
};

/** The pages of the provider, filled. */
export class Pages implements ProviderPages {
  readonly #render: Render;
  readonly #sites: string[];

  /** `sites`: where somebody is sent who has signed in or out. */
  constructor(sites: string[], render = renderer('../tools/provider', frame)) {
    this.#sites = sites;
    this.#render = render;
  }

  /** The page on which somebody chooses whom to be. */
  choose({ isAgain, error }: { isAgain: boolean; error?: string }): string {
    const errors = error ? [{ text: error, href: '#person' }] : [];
    return this.#render('choose.njk', { title: isAgain ? 'Show again that it is you' : 'Who do you want to be?', groups: choices(), isAgain, errors });
  }

  /** No script, nothing from elsewhere; forms go to this provider and from it back to the sites. */
  get headers(): Record<string, string> {
    return {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' ${this.#sites.join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    };
  }

  readonly signOut = async (ctx: KoaContextWithOIDC, form: string): Promise<void> => {
    const [action, xsrf] = [/action="([^"]+)"/, /name="xsrf" value="([^"]+)"/].map((part) => part.exec(form)?.[1] ?? '');
    this.#answer(ctx, this.#render('sign-out.njk', { title: 'Sign out of everything?', action, xsrf }));
  };

  readonly signedOut = async (ctx: KoaContextWithOIDC): Promise<void> =>
    this.#answer(ctx, this.#render('problem.njk', { title: 'You are signed out', lines: ['You can close this page.'] }));

  readonly renderError = async (ctx: KoaContextWithOIDC, out: { error: string; error_description?: string | undefined }): Promise<void> =>
    this.#answer(ctx, this.#render('problem.njk', { title: 'That did not work', lines: [out.error_description ?? out.error, 'Go back to where you came from and start again.'] }));

  #answer(ctx: KoaContextWithOIDC, page: string): void {
    ctx.set(this.headers);
    ctx.body = page;
  }
}
