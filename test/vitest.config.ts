import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // who hangs is ended; that a machine is slow or busy is no fault
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 10_000 } },
    pool: 'threads',
    reporters: ['default', './test/closing-line.ts'],
  },
});
