// One group of measures in a process of its own: `node run.ts GROUP` prints a JSON array of them.
import { GROUPS } from './groups.ts';

const group = GROUPS[process.argv[2] ?? ''];
if (!group) throw new Error(`bench: no group '${process.argv[2]}'; there are ${Object.keys(GROUPS).join(', ')}`);
console.log(JSON.stringify(await group()));
