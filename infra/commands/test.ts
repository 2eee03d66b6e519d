import { spawn } from 'node:child_process';

/** Runs vitest; its closing line is printed by test/closing-line.ts. Arguments go on to vitest. */
export async function main(argv: string[]): Promise<void> {
  const child = spawn('vitest', ['run', '--config', 'test/vitest.config.ts', ...argv], { stdio: 'inherit' });
  process.exitCode = await new Promise<number>((done) => child.on('exit', (code) => done(code ?? 1)));
}
