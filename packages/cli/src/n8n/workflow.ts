/** A step of a workflow, as n8n keeps it. */
export interface N8nNode {
  id?: string;
  name: string;
  type: string;
  typeVersion: number;
  position: [number, number];
  parameters: Record<string, unknown>;
  /** By type; a file names them, only n8n knows their ids. */
  credentials?: Record<string, { id?: string; name: string }>;
  webhookId?: string;
  [more: string]: unknown;
}

/** What n8n's public API takes as a workflow, and no more. */
export interface WorkflowBody {
  name: string;
  nodes: N8nNode[];
  connections: Record<string, unknown>;
  /** `errorWorkflow` is an id in n8n, and in a file the name of the workflow that is meant. */
  settings: Record<string, unknown>;
}

/** A workflow of an n8n. */
export interface N8nWorkflow extends WorkflowBody {
  id: string;
  active: boolean;
  /** Another one after every change. */
  versionId: string;
  createdAt: string;
  isArchived?: boolean;
  tags?: { id: string; name: string }[];
}

/** A workflow of the repository; `key` is its path in the folder without its ending, as in `outreach/receive`. */
export interface WorkflowFile extends WorkflowBody {
  key: string;
  /** Whether it is to run as soon as it is in n8n; else somebody fills in an account first. */
  active: boolean;
}
