import { AsyncLocalStorage } from 'node:async_hooks';

/** The name of the function that is running, for those who count what each of them consumes, and who hold it to what it may do. */
export const running = new AsyncLocalStorage<string>();
