import { z } from 'zod';

export const StepId = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,62}$/,
    'A step id is lower-case letters, digits, - and _, such as reminder-3-days.',
  );

/** Where a step leads: omitted = the step below; null = the end of the flow. */
const Next = StepId.nullable().optional();

/** A kind of step: what all have, and what is its own. */
export const step = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({
    id: StepId.describe('Unique in the flow; versions are compared by it.'),
    name: z.string().max(200).optional().describe('What people read instead of the id.'),
    type: z.literal(type),
    next: Next.describe('The step after it: the one below when left out, none when null.'),
    ...shape,
  });
