import { startDynamo } from './dynamo.ts';
import { ownThreadTime } from './thread-time.ts';

// The tables alone, for `startDynamoApart`: tells its parent where it listens and, when asked, how long it was at work, and ends with it.
const [dir] = process.argv.slice(2);
const { endpoint } = await startDynamo(dir === undefined ? {} : { dir });
process.on('disconnect', () => process.exit(0));
process.on('message', () => process.send?.(ownThreadTime()));
process.send?.({ endpoint });
