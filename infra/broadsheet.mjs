#!/usr/bin/env node
// `npx broadsheet …`: the operator's commands.
process.argv.splice(2, 0, 'broadsheet');
await import('./run.mjs');
