import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A tiny HTTP endpoint on loopback that answers as the test says. */
export interface Loopback {
  endpoint: string;
  /** Bodies received, in order. */
  bodies: string[];
  answer: (body: string, response: ServerResponse, request: IncomingMessage) => void;
  close(): Promise<void>;
}

export const startLoopback = async (): Promise<Loopback> => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    loopback.bodies.push(body);
    loopback.answer(body, response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const loopback: Loopback = {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    bodies: [],
    answer: (_body, response) => response.writeHead(500).end(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return loopback;
};
