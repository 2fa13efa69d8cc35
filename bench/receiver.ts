/**
 * Stands for a provider that answers as Resend does, `delayMs` after the whole request came, and remembers when which
 * subject arrived: GET tells it and forgets. Port to the parent.
 */
import { createServer } from 'node:http';

const [delayMs = '0'] = process.argv.slice(2);
let arrivals: [subject: string, at: number][] = [];

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify(arrivals));
    arrivals = [];
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const at = performance.timeOrigin + performance.now();
    const { subject } = JSON.parse(Buffer.concat(chunks).toString()) as { subject: string };
    arrivals.push([subject, at]);
    const answer = () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"id":"49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}');
    };
    if (delayMs === '0') answer();
    else setTimeout(answer, Number(delayMs));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
