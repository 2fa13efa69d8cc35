import { readFile } from 'node:fs/promises';
import type { SimulationResult } from '@halyard/contracts/simulate/result';
import type { Command } from 'commander';
import { connect, target } from '../connect.js';
import { CommandFailure } from '../failure.js';
import { flowNamed } from '../flow-named.js';
import { ProgressBar } from '../progress-bar.js';
import { table } from '../table.js';

interface Options {
  flow?: string;
  version?: string;
  from?: string;
  until?: string;
  against?: string;
  contact?: string;
  opened?: string;
  clicked?: string;
  render?: boolean;
  json?: boolean;
}

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('try a flow against recorded or given events; nothing is sent')
    .argument('[file]', 'a request as POST /flows/simulate takes it, or a flow definition, as JSON')
    .option(
      '--flow <key>',
      'a flow by its key or id: what is live of it, unless --flow-version says otherwise',
    )
    .option('--flow-version <version>', 'draft, or the number of a version')
    .option('--from <instant>', 'recorded events from here, such as 2026-05-01T00:00:00Z')
    .option('--until <instant>', 'recorded events until here; now, when left out')
    .option('--against <key>', 'what changes against this flow as it is live, by its key or id')
    .option('--contact <id>', 'only this contact')
    .option('--opened <rate>', 'share of mails that are opened, such as 0.4')
    .option('--clicked <rate>', 'share of mails that are clicked')
    .option('--render', 'show what each message says')
    .option('--json', 'print the whole result as JSON')
    .action(async (file: string | undefined, options: Options & { flowVersion?: string }) => {
      const result = await stream(await requestOf(file, options), new ProgressBar());
      if (options.json) console.log(JSON.stringify(result, null, 2));
      else print(result);
    });
}

async function requestOf(
  file: string | undefined,
  options: Options & { flowVersion?: string },
): Promise<Record<string, unknown>> {
  const given = file === undefined ? {} : await readJson(file);
  const { contact, opened = 0, clicked = 0, render } = options;
  return {
    ...('flow' in given ? given : await ofRecord(given, options)),
    ...(contact && { contact_id: contact }),
    ...((options.opened || options.clicked) && {
      rates: { opened: Number(opened), clicked: Number(clicked) },
    }),
    ...(render && { render }),
  };
}

async function ofRecord(
  given: Record<string, unknown>,
  { flow: name, flowVersion, against, from, until }: Options & { flowVersion?: string },
): Promise<Record<string, unknown>> {
  if (!from) throw new CommandFailure('Say which recorded events: --from, and --until if not until now.');
  const flow = {
    ...(name && { flow_id: await flowNamed(connect(), name) }),
    ...(flowVersion && { version: flowVersion === 'draft' ? flowVersion : Number(flowVersion) }),
    ...('steps' in given && { definition: given }),
  };
  return {
    ...(against ? { flow: { flow_id: await flowNamed(connect(), against) }, compare_with: flow } : { flow }),
    period: { from, until: until ?? new Date().toISOString() },
  };
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

type Line =
  | { progress: { events: number; of: number; at: string } }
  | { result: SimulationResult }
  | { problem: { code: string; detail: string } };

/** The typed client reads whole answers; this one comes line by line. */
async function stream(request: Record<string, unknown>, bar: ProgressBar): Promise<SimulationResult> {
  for await (const line of linesOf(await post(request))) {
    const told = JSON.parse(line) as Line;
    if ('progress' in told) {
      const { events, of, at } = told.progress;
      bar.show('Simulating', of ? events / of : 0, at.slice(0, 10));
      continue;
    }
    bar.clear();
    if ('result' in told) return told.result;
    throw new CommandFailure(`${told.problem.detail} (${told.problem.code})`);
  }
  throw new CommandFailure('The server ended the simulation without a result.');
}

async function post(request: Record<string, unknown>): Promise<Response> {
  const { url, apiKey } = target();
  if (!apiKey) throw new CommandFailure('Set HALYARD_API_KEY to an API key: halyard keys create');
  const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
  const body = JSON.stringify(request);
  const response = await fetch(new URL('/flows/simulate/stream', url), {
    method: 'POST',
    headers,
    body,
  }).catch(() => {
    throw new CommandFailure(`Halyard cannot be reached at ${url}. Start it, or set HALYARD_URL.`);
  });
  if (response.ok) return response;
  const { detail, code } = (await response.json().catch(() => ({}))) as { detail?: string; code?: string };
  throw new CommandFailure(detail ? `${detail} (${code})` : `The server answered ${response.status}.`);
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest) yield rest;
}

function print({ totals, timelines, compared, assumptions, from, until }: SimulationResult): void {
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, n) => all + n, 0);
  console.log(`${from} to ${until}: ${totals.events} events of ${totals.contacts} contacts`);
  console.log(
    `${sum(totals.runs)} runs, ${totals.messages.sent ?? 0} messages sent to ${totals.contacts_reached}\n`,
  );
  const days = totals.days.map(({ day, channel, messages }) => [day, channel, String(messages)]);
  if (days.length) console.log(`${table([['DAY', 'CHANNEL', 'SENT'], ...days])}\n`);
  const silent = totals.not_sent.map(({ status, reason, messages }) => [status, reason, String(messages)]);
  if (silent.length) console.log(`${table([['NOT SENT', 'WHY', 'MESSAGES'], ...silent])}\n`);
  const held = totals.held.map(({ rule, messages, times }) => [rule, String(messages), String(times)]);
  if (held.length) console.log(`${table([['HELD BACK BY', 'MESSAGES', 'TIMES'], ...held])}\n`);
  for (const { amount, currency } of totals.cost) console.log(`Cost: ${amount} ${currency}\n`);
  const told = timelines.flatMap(({ name, contact_id, messages }) =>
    messages.map((one) => [
      name ?? contact_id,
      one.local,
      one.step,
      one.status,
      one.channel ?? one.reason ?? '',
    ]),
  );
  if (told.length)
    console.log(`${table([['WHO', 'WHEN (THEIRS)', 'STEP', 'STATUS', 'HOW OR WHY'], ...told])}\n`);
  for (const { messages } of timelines)
    for (const { content, step } of messages) if (content) console.log(`--- ${step}\n${content.text}\n`);
  if (compared) printComparison(compared.comparison);
  console.log('Assumed:');
  for (const { text } of assumptions) console.log(`- ${text}`);
}

function printComparison({
  gained,
  lost,
  shifted,
  unchanged,
  steps,
}: NonNullable<SimulationResult['compared']>['comparison']) {
  console.log(`Compared: ${gained} gained, ${lost} lost, ${shifted} shifted, ${unchanged} as before`);
  const rows = steps.map((one) => [one.step, String(one.gained), String(one.lost), String(one.shifted)]);
  if (rows.length) console.log(`${table([['STEP', 'GAINED', 'LOST', 'SHIFTED'], ...rows])}\n`);
}
