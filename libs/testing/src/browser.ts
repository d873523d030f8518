import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export interface Seen {
  url: string;
  status: number;
  text: string;
  cookies: string[];
}

/** A browser, as far as it keeps cookies by place and goes where it is sent. */
export class Browser {
  readonly jar = new Map<string, Map<string, string>>();

  constructor(
    private readonly siteUrl = '',
    /** Left out: the site runs somewhere, and is asked over HTTP like everything else. */
    private readonly site?: NestFastifyApplication,
    /** What a proxy in front of the site adds. */
    private readonly forwarded: Record<string, string> = {},
  ) {}

  /** Where it is sent is returned and not gone to, where `stay` says so. */
  async open(url: string, { form, stay = false }: { form?: Record<string, string>; stay?: boolean } = {}): Promise<Seen> {
    const place = new URL(url).origin;
    const kept = this.jar.get(place) ?? new Map<string, string>();
    this.jar.set(place, kept);
    const headers = { cookie: [...kept].map(([name, value]) => `${name}=${value}`).join('; '), ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) };
    const answer = await (this.site && url.startsWith(this.siteUrl) ? this.atSite(this.site, url, { headers, form }) : this.elsewhere(url, headers, form));
    for (const cookie of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /expires=thu, 01 jan 1970/i.test(cookie)) kept.delete(name);
      else kept.set(name, value);
    }
    const { location, ...seen } = answer;
    if (location === undefined) return { ...seen, url };
    const next = new URL(location, url).href;
    return stay ? { ...seen, url: next } : this.open(next);
  }

  private async atSite(site: NestFastifyApplication, url: string, { headers, form }: { headers: Record<string, string>; form: Record<string, string> | undefined }) {
    const { pathname, search } = new URL(url);
    const answer = await site.inject({ method: form ? 'POST' : 'GET', url: `${pathname}${search}`, headers: { ...headers, ...this.forwarded }, ...(form ? { payload: new URLSearchParams(form).toString() } : {}) });
    return { status: answer.statusCode, text: answer.payload, location: answer.headers.location, cookies: [answer.headers['set-cookie'] ?? []].flat() };
  }

  private async elsewhere(url: string, headers: Record<string, string>, form?: Record<string, string>) {
    const answer = await fetch(url, { redirect: 'manual', headers, ...(form ? { method: 'POST', body: new URLSearchParams(form).toString() } : {}) });
    return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') ?? undefined, cookies: answer.headers.getSetCookie() };
  }
}
