import { z } from 'zod';
import type { ProblemCode } from '../problems.js';
import { problems } from '../problems.js';

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** How every error is told (RFC 9457, application/problem+json). */
export const Problem = z
  .object({
    type: z.string().describe('Where the code is explained'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('A sentence that says what to do'),
    code: z.enum(codes),
    instance: z.string().optional(),
    request_id: z.string().optional(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong in the request, field by field'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;
