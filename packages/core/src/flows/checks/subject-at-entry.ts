import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { EntityType } from '../../events/entities.js';
import { entryRequirements } from './choices.js';
import { anyMoment } from './explore.js';
import type { Requirement } from './requirement.js';
import { isImpossible } from './satisfy.js';

/** Whether a variable is filled for everybody who comes to a step: always, for some, or for nobody. */
export type Filled = 'always' | 'for_some' | 'never';

/** Whether whoever enters a flow brings a booking, or an enrollment. */
export type SubjectAtEntry = Readonly<Record<EntityType, Filled>>;

/** What every row has, and for enrollments what some have, too: nothing else is among their facts. */
const always: Readonly<Record<EntityType, readonly string[]>> = {
  booking: [
    'id',
    'type',
    'status',
    'starts_at',
    'ends_at',
    'time_zone',
    'attributes',
    'created_at',
    'updated_at',
  ],
  enrollment: [
    'id',
    'type',
    'status',
    'completed_percent',
    'revision',
    'attributes',
    'enrolled_at',
    'last_activity_at',
    'completed_lessons',
    'modules',
    'course',
    'course.id',
    'course.name',
    'course.attributes',
    'course.module_count',
    'course.lesson_count',
    'updated_at',
  ],
};
const ofSomeEnrollments =
  /^(attributes|course\.(url|attributes)|modules|module|next_lesson|next_lesson_id|completed_lessons|completed_at|cancelled_at|cancel_reason)(\.|$)/;

/** Which entity an event of Halyard's own is about; null for events of others, and for those about people. */
export function entityOf({ trigger }: Pick<FlowDefinition, 'trigger'>): EntityType | null {
  if (trigger.type !== 'event') return null;
  if (trigger.event.startsWith('booking.')) return 'booking';
  return /^(enrollment|lesson|course)\./.test(trigger.event) ? 'enrollment' : null;
}

/** Events of Halyard's own about a person or a message, and schedules, have no subject; those of others may have one. */
export function subjectAtEntry(definition: FlowDefinition): SubjectAtEntry {
  const { trigger } = definition;
  const own = entityOf(definition);
  if (own) return { booking: 'never', enrollment: 'never', [own]: 'always' };
  if (
    trigger.type === 'schedule' ||
    (trigger.type === 'event' && /^(contact|consent|outreach|message)\./.test(trigger.event))
  )
    return { booking: 'never', enrollment: 'never' };
  return { booking: asked(definition, 'booking'), enrollment: asked(definition, 'enrollment') };
}

/** Whether the door asks for a subject of this type. */
function asked(definition: FlowDefinition, type: EntityType): Filled {
  const isOther: Requirement = {
    condition: { field: 'subject.type', op: 'eq', value: type },
    holds: false,
    path: 'subject.type',
  };
  return isImpossible([...entryRequirements(definition), isOther], anyMoment) ? 'always' : 'for_some';
}

/** Facts that tell, where they are given, what the subject is. */
const telling: Readonly<Record<EntityType, readonly string[]>> = {
  booking: ['subject.starts_at', 'subject.ends_at', 'subject.status'],
  enrollment: ['subject.completed_percent', 'subject.enrolled_at', 'subject.last_activity_at'],
};

/** The same after what was asked on the way: whoever was asked for a date or the state of an entity has one. */
export const brought = (entry: SubjectAtEntry, type: EntityType, given: ReadonlySet<string>): Filled =>
  entry[type] === 'for_some' && telling[type].some((fact) => given.has(fact)) ? 'always' : entry[type];

/** Whether a fact of the subject, such as `status` or `course.name`, is filled. */
export function subjectFilled(name: string, entry: SubjectAtEntry, given: ReadonlySet<string>): Filled {
  const answers = (['booking', 'enrollment'] as const).map((type): Filled => {
    const is = brought(entry, type, given);
    if (is === 'never') return 'never';
    const isFixed = always[type].includes(name);
    if (type === 'enrollment' && !isFixed && !ofSomeEnrollments.test(name)) return 'never';
    return is === 'always' && isFixed ? 'always' : 'for_some';
  });
  if (answers.includes('always')) return 'always';
  return answers.includes('for_some') ? 'for_some' : 'never';
}
