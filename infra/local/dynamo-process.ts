import { startDynamo } from './dynamo.ts';

// The tables alone, for `startDynamoApart`: tells its parent where it listens, and ends with it.
const [dir] = process.argv.slice(2);
const { endpoint } = await startDynamo(dir === undefined ? {} : { dir });
process.on('disconnect', () => process.exit(0));
process.send?.({ endpoint });
