import type { Resource } from '../../operation';
import { courses } from './courses';
import { enrollments } from './enrollments';
import { enroll, recordProgress } from './progress';

export const academy: Resource = {
  value: 'academy',
  name: 'Academy',
  operations: [enroll, recordProgress, ...enrollments, ...courses],
};
