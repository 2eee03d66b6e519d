import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The import rule of docs and design: arrows point inward. A room may import itself and what is listed; `npm:` names packages.
 * Read from the import lines, so the arrow that offends is printed.
 */
const RULES: Record<string, { rooms: string[]; packages: RegExp }> = {
  'functions/model': { rooms: ['functions/model'], packages: /^(zod|tldts|node:crypto)$/ },
  'functions/ports.ts': { rooms: ['functions/model'], packages: /^$/ },
  'functions/newsroom': {
    rooms: ['functions/newsroom', 'functions/model', 'functions/ports.ts'],
    packages: /^(zod|feedsmith|htmlparser2|entities|tldts|node:crypto)(\/|$)/,
  },
  'functions/digest': {
    rooms: ['functions/digest', 'functions/model', 'functions/ports.ts', 'functions/subscribers', 'templates'],
    packages: /^(zod|temporal-polyfill|node:crypto|node:buffer)(\/|$)/,
  },
  'functions/subscribers': {
    rooms: ['functions/subscribers', 'functions/digest', 'functions/model', 'functions/ports.ts'],
    packages: /^(zod|hono|temporal-polyfill|node:crypto|node:net|node:url)(\/|$)/,
  },
  'functions/adapters': { rooms: ['functions/adapters', 'functions/model', 'functions/ports.ts'], packages: /./ },
  'functions/wiring.ts': {
    rooms: [
      'functions/adapters',
      'functions/model',
      'functions/ports.ts',
      'functions/config.ts',
      'functions/log.ts',
      'functions/newsroom',
      'functions/digest',
      'functions/subscribers',
    ],
    packages: /./,
  },
  'functions/handlers': {
    rooms: [
      'functions/handlers',
      'functions/wiring.ts',
      'functions/newsroom',
      'functions/digest',
      'functions/subscribers',
      'functions/model',
      'functions/ports.ts',
    ],
    packages: /^(zod|hono|aws-lambda)(\/|$)/,
  },
};

/** What the domain must take as arguments. */
const DOMAIN = /^functions\/(newsroom|digest|subscribers|model)\//;
const FORBIDDEN = /process\.env|\bDate\.now\(|new Date\(\)|Math\.random\(|randomUUID|randomBytes|getRandomValues/;

const files = readdirSync('.', { recursive: true, encoding: 'utf8' })
  .filter((path) => /^(functions|infra|test|templates)\/.*\.ts$/.test(path))
  .sort();

const importsOf = (path: string): string[] =>
  [
    ...readFileSync(path, 'utf8').matchAll(
      /^\s*(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
    ),
  ].map((m) => m[1] ?? m[2] ?? m[3] ?? '');

const arrows = files.flatMap((from) =>
  importsOf(from).map((to) => ({
    from,
    to: to.startsWith('.') ? relative('.', join(dirname(from), to)) : `npm:${to}`,
  })),
);

const roomOf = (path: string): string | undefined =>
  Object.keys(RULES).find((room) => path === room || path.startsWith(`${room}/`));

describe('the import rule', () => {
  it('sees the tree', () => {
    expect(arrows.length).toBeGreaterThan(50);
  });

  it('lets arrows point inward only', () => {
    const offending = arrows.filter(({ from, to }) => {
      const rule = RULES[roomOf(from) ?? ''];
      if (!rule) return false;
      return to.startsWith('npm:')
        ? !rule.packages.test(to.slice(4))
        : !rule.rooms.some((room) => to === room || to.startsWith(`${room}/`));
    });
    expect(offending.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('lets nothing in functions import infra or test', () => {
    expect(
      arrows
        .filter(({ from, to }) => from.startsWith('functions/') && /^(infra|test)\//.test(to))
        .map(({ from, to }) => `${from} -> ${to}`),
    ).toEqual([]);
  });

  it('keeps clock, chance and environment out of the domain', () => {
    const found = files
      .filter((path) => DOMAIN.test(path))
      .flatMap((path) =>
        readFileSync(path, 'utf8')
          .split('\n')
          .flatMap((line, i) => (FORBIDDEN.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])),
      );
    expect(found).toEqual([]);
  });

  it('reads process.env in config.ts only', () => {
    expect(
      files.filter(
        (path) =>
          path.startsWith('functions/') &&
          path !== 'functions/config.ts' &&
          /process\.env/.test(readFileSync(path, 'utf8')),
      ),
    ).toEqual([]);
  });

  it('keeps files within 250 lines and handlers within 40', () => {
    const long = files
      .filter((path) => !/generated/.test(path))
      .flatMap((path) => {
        const lines = readFileSync(path, 'utf8').split('\n').length - 1;
        const limit = path.startsWith('functions/handlers/') ? 40 : 250;
        return lines > limit ? [`${path}: ${lines}`] : [];
      });
    expect(long).toEqual([]);
  });
});
