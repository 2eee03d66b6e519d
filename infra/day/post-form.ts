import { Parser } from 'htmlparser2';
import type { Instant } from '../../functions/model/time.ts';
import { callWeb, type GatewayAnswer } from '../local/gateway.ts';
import type { LocalFunction } from '../local/invoke.ts';

/** A browser without a screen: asks the web function as API Gateway would. */
export interface Browser {
  get(target: string): Promise<string>;
  /** Fills in the first form of a page that is posted, and posts it as a browser would. */
  post(page: { target: string; html: string }, fields: Readonly<Record<string, readonly string[]>>): Promise<string>;
}

interface Form {
  action: string;
  hidden: [name: string, value: string][];
}

/** The first form with method POST: where it goes, and what it holds unseen. */
export const firstForm = (page: string): Form | undefined => {
  let form: Form | undefined;
  let inside = false;
  const parser = new Parser({
    onopentag(tag, { method = '', action = '', type = '', name = '', value = '' }) {
      if (tag === 'form' && !form && method.toLowerCase() === 'post') {
        form = { action, hidden: [] };
        inside = true;
      } else if (tag === 'input' && inside && type === 'hidden' && name !== '') form?.hidden.push([name, value]);
    },
    onclosetag(tag) {
      if (tag === 'form') inside = false;
    },
  });
  parser.end(page);
  return form;
};

const textOf = ({ status, body }: GatewayAnswer, what: string): string => {
  const text = Buffer.from(body).toString('utf8');
  if (status >= 200 && status < 400) return text;
  throw new Error(`${what} was answered with ${status}`);
};

/** @param now the time of the requests, by our clock */
export const openBrowser = (web: LocalFunction, host: string, now: () => Instant): Browser => {
  const ask = (method: string, target: string, body: string): Promise<GatewayAnswer> => {
    const type = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const bytes = Buffer.from(body);
    return callWeb(web, { method, target, headers: { host, ...type }, sourceIp: '127.0.0.1', body: bytes }, now());
  };
  return {
    get: async (target) => textOf(await ask('GET', target, ''), 'a page'),
    async post({ target, html }, fields) {
      const form = firstForm(html);
      if (!form) throw new Error('a page has no form');
      const { pathname, search } = new URL(form.action, `http://${host}${target}`);
      const values = Object.entries(fields).flatMap(([name, all]) =>
        all.map((value): [string, string] => [name, value]),
      );
      const body = new URLSearchParams([...form.hidden, ...values]).toString();
      return textOf(await ask('POST', pathname + search, body), 'a form');
    },
  };
};
