import type {
  IDataObject,
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestOptions,
  INode,
  IWebhookFunctions,
} from 'n8n-workflow';

/** One request that reached the stand-in for Halyard. */
export interface Asked {
  method: string;
  path: string;
  query: IDataObject;
  body?: unknown;
  key?: unknown;
}

type Answer = { status?: number; body?: unknown };
type Halyard = (asked: Asked) => Answer;

const node: INode = {
  id: 'node-1',
  name: 'Halyard',
  type: 'n8n-nodes-halyard.halyard',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
};

/** What n8n gives every node: its credential, and requests with it. `asked` holds what was requested. */
const common = (halyard: Halyard, asked: Asked[]) => ({
  getNode: () => node,
  getCredentials: async () => ({ baseUrl: 'https://halyard.example/', signingSecret: 'whsec_c2VjcmV0' }),
  getWorkflow: () => ({ id: 'workflow-1', name: 'Leads', active: true }),
  getTimezone: () => 'Europe/Berlin',
  logger: { warn: () => undefined },
  helpers: {
    httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) => {
      const { method = 'GET', url, qs = {}, body, headers } = options;
      const path = url.replace('https://halyard.example', '');
      const one: Asked = { method, path, query: qs as IDataObject, body, key: headers?.['idempotency-key'] };
      asked.push(one);
      const { status = 200, body: answer = {} } = halyard(one);
      return { statusCode: status, headers: {}, body: answer };
    },
  },
});

interface Execution {
  items?: IDataObject[];
  /** As they are set for each item. */
  parameters: Record<string, unknown> | ((item: number) => Record<string, unknown>);
  continueOnFail?: boolean;
  run?: number;
}

/** A node that is being executed. */
export function executing(
  halyard: Halyard,
  { items = [{}], parameters, continueOnFail, run = 0 }: Execution,
) {
  const asked: Asked[] = [];
  const ofItem = (item: number) => (typeof parameters === 'function' ? parameters(item) : parameters);
  const context = {
    ...common(halyard, asked),
    getInputData: () => items.map((json) => ({ json })),
    getNodeParameter: (name: string, item: number, fallback?: unknown) => ofItem(item)[name] ?? fallback,
    continueOnFail: () => continueOnFail ?? false,
    getExecutionId: () => 'execution-1',
    getWorkflowDataProxy: () => ({ $runIndex: run }),
  };
  return { asked, context: context as unknown as IExecuteFunctions };
}

interface Listening {
  parameters?: Record<string, unknown>;
  kept?: IDataObject;
  address?: string;
}

/** A trigger that is being switched on or off. */
export function listening(halyard: Halyard, { parameters = {}, kept = {}, address }: Listening) {
  const asked: Asked[] = [];
  const context = {
    ...common(halyard, asked),
    getNodeParameter: (name: string) => parameters[name],
    getNodeWebhookUrl: () => address ?? 'https://n8n.example/webhook/1/webhook',
    getWorkflowStaticData: () => kept,
    getMode: () => 'trigger',
  };
  return { asked, kept, context: context as unknown as IHookFunctions };
}

interface Incoming extends Listening {
  headers: Record<string, string>;
  body: string;
  mode?: string;
}

/** A trigger that is being called; `told` holds what was answered. */
export function called(halyard: Halyard, { headers, body, mode, ...rest }: Incoming) {
  const { asked, context } = listening(halyard, rest);
  const told = { status: 200, body: undefined as unknown, finish: (): void => undefined };
  const response = {
    get statusCode() {
      return told.status;
    },
    status: (status: number) => {
      told.status = status;
      return response;
    },
    json: (answer: unknown) => {
      told.body = answer;
    },
    once: (_: string, listener: () => void) => {
      told.finish = listener;
    },
  };
  const webhook = {
    ...context,
    getMode: () => mode ?? 'trigger',
    getRequestObject: () => ({ header: (name: string) => headers[name], rawBody: Buffer.from(body) }),
    getResponseObject: () => response,
    getBodyData: () => JSON.parse(body) as IDataObject,
  };
  return { asked, told, context: webhook as unknown as IWebhookFunctions };
}
