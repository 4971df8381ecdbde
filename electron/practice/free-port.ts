/** A TCP port on the loopback interface that nobody listens on at this moment. */
import { createServer } from 'node:net';

/** Tries the wished port first (0: any). Another program may take the port before it is used: be ready to ask again. */
export async function freeLoopbackPort(wished = 0): Promise<number> {
  return (await tryPort(wished)) ?? (await tryPort(0)) ?? Promise.reject(new Error('no free port'));
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(null);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const bound = server.address();
      server.close(() => {
        resolve(typeof bound === 'object' && bound !== null ? bound.port : null);
      });
    });
  });
}
