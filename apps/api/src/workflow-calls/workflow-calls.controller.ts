import { workflowCallRoutes } from '@halyard/contracts/flows/workflow-calls';
import type { InputOf } from '@halyard/contracts/route';
import type { WorkflowCallId } from '@halyard/core/workflow-calls/workflow-call';
import { WorkflowCalls } from '@halyard/core/workflow-calls/workflow-calls';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class WorkflowCallsController {
  constructor(@Inject(WorkflowCalls) private readonly calls: WorkflowCalls) {}

  @Handle(workflowCallRoutes.list)
  list(@Input() { query }: InputOf<typeof workflowCallRoutes.list>, @Who() caller: Caller) {
    return this.calls.list(caller.orgId, query);
  }

  @Handle(workflowCallRoutes.read)
  read(@Input() { params }: InputOf<typeof workflowCallRoutes.read>, @Who() caller: Caller) {
    return this.calls.read(caller.orgId, params.id as WorkflowCallId);
  }

  @Handle(workflowCallRoutes.answer)
  answer(@Input() { params, body }: InputOf<typeof workflowCallRoutes.answer>, @Who() caller: Caller) {
    return this.calls.answer(caller.orgId, params.id as WorkflowCallId, body);
  }

  @Handle(workflowCallRoutes.answerByLink)
  answerByLink(@Input() { params, body }: InputOf<typeof workflowCallRoutes.answerByLink>) {
    return this.calls.answerByLink(params.token, body);
  }
}
