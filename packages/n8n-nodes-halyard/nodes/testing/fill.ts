import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../Halyard/operation';

type Filled = Record<string, unknown>;

const id = '0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a70';

/** What a person could write into parameters whose type alone does not say it. */
const written: Filled = {
  addIdentities: '[{"kind":"email","address":"ada@example.com"}]',
  addresses: '{"email":"ada@example.com"}',
  contactDetails: '{"email":"ada@example.com","first_name":"Ada"}',
  contactEmail: 'ada@example.com',
  contactIds: id,
  contactPhone: '+491701234567',
  country: 'DE',
  event: id,
  email: 'ada@example.com',
  evidence: '{"text":"yes"}',
  identities: '[{"kind":"crm_user_id","address":"42"}]',
  item: `{"id":"${id}","tenant_id":"${id}","user_id":"${id}","channel":"email","subject":"","body":"x","target":{"email":"a@example.com"}}`,
  locale: 'de',
  modules: `[{"id":"${id}","name":"One","lessons":[{"id":"${id.replace('70', '71')}","name":"First"}]}]`,
  payload: '{"plan":"pro"}',
  phone: '+491701234567',
  progress: `{"tenant_id":"${id}","user_id":"${id}","course_id":"${id}","progress":{"completed_percent":20},"next_lesson_id":null}`,
  removeIdentities: '[{"kind":"email","address":"old@example.com"}]',
  runId: id,
  target: '{"email":"ada@example.com"}',
  template: { mode: 'key', value: 'welcome' },
  timeZone: 'Europe/Berlin',
  type: 'user.login',
  url: 'https://example.com/course',
  userId: id,
};

function valueFor({ name, type, options, default: first, typeOptions }: INodeProperties): unknown {
  if (name in written) return written[name];
  if (type === 'collection')
    return Object.fromEntries((options as INodeProperties[]).map((field) => [field.name, valueFor(field)]));
  if (type === 'resourceLocator') return { __rl: true, mode: 'id', value: id };
  if (type === 'options') return first;
  if (type === 'multiOptions') return (first as string[]).length ? first : ['email'];
  if (type === 'dateTime') return '2026-05-01T09:00:00';
  if (type === 'boolean') return true;
  if (type === 'number') return Math.max(Number(first), typeOptions?.minValue ?? 0);
  if (type === 'json') return '{"a":1}';
  return /Id$/.test(name) ? id : 'text';
}

/** Every parameter of an operation filled in. */
export const filled = ({ properties }: Operation): Filled =>
  Object.fromEntries(properties.map((property) => [property.name, valueFor(property)]));

/** Only what must be: collections are left empty. */
export const leastFilled = (operation: Operation): Filled =>
  Object.fromEntries(
    operation.properties.map((property) => [
      property.name,
      property.required || property.type === 'options' ? valueFor(property) : property.default,
    ]),
  );

/** The filled parameters once for each word of each choice, also of those in collections. */
export function variantsOf(operation: Operation): Filled[] {
  const all = filled(operation);
  return operation.properties.flatMap((property) => {
    if (property.type === 'options')
      return wordsOf(property).map((word) => ({ ...all, [property.name]: word }));
    if (property.type !== 'collection') return [all];
    const fields = (property.options as INodeProperties[]).filter(({ type }) => type === 'options');
    return fields.flatMap((field) =>
      wordsOf(field).map((word) => ({
        ...all,
        [property.name]: { ...(all[property.name] as Filled), [field.name]: word },
      })),
    );
  });
}

const wordsOf = ({ options, default: first }: INodeProperties): unknown[] =>
  options ? options.map((option) => ('value' in option ? option.value : first)) : [first];
