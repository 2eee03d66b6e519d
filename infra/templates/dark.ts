const DARK = /@dark \{([\s\S]*?)\n\}/;
const RULE = /([^{}]+)\{\s*([a-z-]+):\s*([^;}]+?)\s*\}/g;

/** Outlook marks what it repaints: `data-ogsb` where it took a ground away, `data-ogsc` where a colour. */
const markOf = (property: string): string => (property.startsWith('background') ? 'data-ogsb' : 'data-ogsc');

/**
 * Writes the `@dark` rules of a style sheet out for all who have a dark scheme: `prefers-color-scheme`, and Outlook, which marks
 * the very elements that it repaints, so that a rule must find what is marked itself and what stands in something marked.
 */
export const inTheDark = (css: string): string =>
  css.replace(DARK, (_, block: string) => {
    const rules = [...block.matchAll(RULE)].map(([, selector = '', property = '', value = '']) => ({
      selector: selector.trim(),
      property,
      declared: `{ ${property}: ${value} !important }`,
    }));
    const scheme = rules.map(({ selector, declared }) => `${selector} ${declared}`);
    const outlook = rules.map(({ selector, property, declared }) => {
      const mark = `[${markOf(property)}]`;
      return `${mark} ${selector}, ${selector}${mark} ${declared}`;
    });
    return `@media (prefers-color-scheme: dark) { ${scheme.join(' ')} } ${outlook.join(' ')}`;
  });
