declare module 'dynalite' {
  import type { Server } from 'node:http';

  const dynalite: (options: {
    /** LevelDB folder; left out: in memory. */
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }) => Server;
  export default dynalite;
}
