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
    challenge: z
      .string()
      .optional()
      .describe(
        'With two_factor_required: send it to POST /auth/two-factor with the code, within ten minutes',
      ),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;
