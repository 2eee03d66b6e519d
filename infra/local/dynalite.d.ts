declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The part of dynalite 4.0.0 that we use. `path` absent: in memory. */
  export default function dynalite(options: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
}
