import type { Step } from '@halyard/contracts/flows/definition';
import type { LucideIcon } from 'lucide-react';
import {
  Clock,
  GitBranch,
  LogOut,
  Play,
  Send,
  Split,
  Square,
  UserPen,
  Webhook,
  Workflow,
} from 'lucide-react';

const marks: Record<Step['type'], LucideIcon> = {
  message: Send,
  wait: Clock,
  branch: GitBranch,
  split: Split,
  update_contact: UserPen,
  start_flow: Play,
  stop_flow: Square,
  webhook: Webhook,
  n8n_workflow: Workflow,
  exit: LogOut,
};

/** The sign of a kind of step, as it hangs on the line. */
export function StepMark({ type }: { type: Step['type'] }) {
  const Mark = marks[type];
  const message = type === 'message';
  return (
    <span
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-full border-2 ${
        message ? 'border-sea bg-sea text-on-sea' : 'border-rope-strong bg-sail text-ink-soft'
      }`}
    >
      <Mark className="size-3.5" aria-hidden="true" />
    </span>
  );
}
