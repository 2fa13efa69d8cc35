/** Nothing but nodemailer with a pool of sockets: as many mails, of the same size, to the same mail server. */
import nodemailer from 'nodemailer';

const [port = '', total = '', bytes = ''] = process.argv.slice(2);
const transport = nodemailer.createTransport({
  pool: true,
  host: '127.0.0.1',
  port: Number(port),
  ignoreTLS: true,
  maxConnections: 50,
  maxMessages: Number.POSITIVE_INFINITY,
});
const text = 'You receive this message because you are in touch. ';
const html = `<p>${text.repeat(Math.floor(Number(bytes) / text.length) - 5)}</p>`;

const send = (n: number) =>
  transport.sendMail({
    from: { name: 'School', address: 'news@school.example' },
    to: { name: 'Ada', address: `guest-${n}@example.com` },
    subject: 'News of the school',
    html,
    text: text.repeat(4),
    headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  });

const started = performance.now();
let next = 0;
const sendRest = async () => {
  while (next < Number(total)) await send(next++);
};
await Promise.all(Array.from({ length: 200 }, sendRest));
const seconds = (performance.now() - started) / 1000;
transport.close();
const { user, system } = process.cpuUsage();
process.send?.({
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
});
process.disconnect?.();
