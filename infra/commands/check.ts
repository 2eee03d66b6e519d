import { spawn } from 'node:child_process';

const STEPS = [
  ['tsc', '--project', 'tsconfig.json'],
  ['biome', 'ci', '.'],
] as const;

/** Types, then format and lint; stops at the first that fails. */
export async function main(): Promise<void> {
  for (const [command, ...args] of STEPS) {
    const code = await new Promise<number>((done) =>
      spawn(command, args, { stdio: 'inherit' }).on('exit', (c) => done(c ?? 1)),
    );
    if (code !== 0) {
      process.exitCode = 1;
      return;
    }
  }
}
