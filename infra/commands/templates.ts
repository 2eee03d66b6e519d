import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { COMPILED, compileTemplates } from '../templates/compile.ts';
import { runCommand } from './command-line.ts';

const HELP = 'npm run templates    compiles templates/*.mjml to templates/compiled.generated.json, which is committed';

const compileAll = async (): Promise<boolean> => {
  const json = `${JSON.stringify(await compileTemplates(), null, 1)}\n`;
  await writeFile(COMPILED, json);
  console.log(`templates/compiled.generated.json: ${json.length} bytes`);
  return true;
};

/** Compiles the mail templates: see HELP. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({
    name: 'templates',
    help: HELP,
    read: () => (parseArgs({ args: argv, options: { help: { type: 'boolean' } } }).values.help ? 'help' : {}),
    run: compileAll,
  });
