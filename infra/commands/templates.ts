import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { COMPILED, compileTemplates } from '../templates/compile.ts';

const HELP = 'npm run templates    compiles templates/*.mjml to templates/compiled.generated.json, which is committed';

/** Compiles the mail templates. Exit code 2 for wrong arguments. */
export const main = async (argv: string[]): Promise<void> => {
  const { values } = parseArgs({ args: argv, options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const json = `${JSON.stringify(await compileTemplates(), null, 1)}\n`;
  await writeFile(COMPILED, json);
  console.log(`templates/compiled.generated.json: ${json.length} bytes`);
};
