import { LessonPut } from '@halyard/contracts/academy/course';
import { AcademyProgress, Enrollment, EnrollmentInput } from '@halyard/contracts/academy/enrollment';
import { ErrorReport, Failure } from '@halyard/contracts/alerts/failure';
import { BookingInput } from '@halyard/contracts/bookings/routes';
import { ContactInput } from '@halyard/contracts/contacts/contact';
import { EventInput, EventReceipt } from '@halyard/contracts/events/event';
import { eventRoutes } from '@halyard/contracts/events/routes';
import { WorkflowCalled } from '@halyard/contracts/flows/workflow-called';
import { WorkflowAnswer } from '@halyard/contracts/flows/workflow-calls';
import { ClaimedItem, ClaimInput } from '@halyard/contracts/handovers/claim';
import { HandOver } from '@halyard/contracts/handovers/hand-over';
import { ReportedOutcome } from '@halyard/contracts/handovers/outcome';
import { Permit, PermitInput } from '@halyard/contracts/handovers/permit';
import { OutreachItem, OutreachReceipt, OutreachState } from '@halyard/contracts/outreach/item';
import { WebhookBody, webhookEvents } from '@halyard/contracts/webhooks/events';
import { z } from 'zod';

const text = z.string().min(1);

/** What the hooks of our own workflows take and send, where it is not a payload of Halyard's. */
const CrmLogin = z.strictObject({
  id: text,
  at: z.iso.datetime({ offset: true }),
  product_id: text.optional(),
  organization_id: text.optional(),
  user: z.strictObject({
    id: text,
    email: z.email().optional(),
    first_name: text.optional(),
    last_name: text.optional(),
  }),
});
const Announcement = z.strictObject({
  key: PermitInput.shape.key,
  contact: ContactInput,
  class: PermitInput.shape.class,
  topic: PermitInput.shape.topic,
  subject: text,
  text,
});
const StatusWriteBack = OutreachState.pick({
  id: true,
  status: true,
  error: true,
  message_id: true,
  sent_at: true,
  delivered_at: true,
});

/** The events that our workflows follow. */
const followed = [
  'message.sent',
  'message.delivered',
  'message.bounced',
  'message.failed',
  'enrollment.created',
  'enrollment.completed',
  'course.completed',
  'alert.fired',
  'alert.resolved',
  'job.failed',
] as const;

/** Every payload of the guide, by the name that its example has there. */
export const payloads: Readonly<Record<string, z.ZodType>> = {
  OutreachItem,
  OutreachReceipt,
  OutreachState,
  AcademyProgress,
  EnrollmentInput,
  Enrollment,
  LessonPut,
  EventInput,
  EventReceipt,
  EventBatch: eventRoutes.recordBatch.body,
  CrmLogin,
  ErrorReport,
  Failure,
  ContactInput,
  BookingInput,
  ReportedOutcome,
  HandOver,
  ClaimInput,
  ClaimedItem,
  PermitInput,
  Permit,
  Announcement,
  WebhookBody,
  ...Object.fromEntries(followed.map((type) => [type, webhookEvents[type].data])),
  StatusWriteBack,
  WorkflowCalled,
  WorkflowAnswer,
};
