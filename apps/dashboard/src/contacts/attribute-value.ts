import type { ContactPatch } from '@halyard/contracts/contacts/contact';

export type AttributeValues = NonNullable<ContactPatch['attributes']>;
type Value = AttributeValues[string];

/** An attribute as it is shown and edited. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What was typed for an attribute. What was text stays text, so that a postal code keeps its zeros; else numbers, yes and
 * no (true, false), lists and objects are taken for what they look like.
 */
export function valueFrom(typed: string, before?: Value): Value {
  if (typeof before === 'string') return typed;
  const text = typed.trim();
  if (!/^(?:true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?|[[{].*[\]}])$/s.test(text)) return typed;
  try {
    const value: Value = JSON.parse(text);
    // A number with more digits than fit would come back as another one.
    return typeof value === 'number' && String(value) !== text ? typed : value;
  } catch {
    return typed;
  }
}

/** Attributes as a form shows them. */
export const rowsOf = (values: AttributeValues) =>
  Object.entries(values).map(([key, value]) => ({ id: key, key, text: textOf(value) }));

/** What the rows of a form say, all together; rows without a name say nothing. */
export const attributesFrom = (before: AttributeValues, rows: readonly { key: string; text: string }[]) =>
  new Map(
    rows
      .filter(({ key }) => key.trim())
      .map(({ key, text }) => [key.trim(), valueFrom(text, before[key.trim()])] as const),
  );

/** What differs between the attributes as they are and the rows of the form, as a patch (null deletes), and its undo. */
export function attributePatch(
  before: AttributeValues,
  rows: readonly { key: string; text: string }[],
): { patch: AttributeValues; undo: AttributeValues } {
  const after = attributesFrom(before, rows);
  const keys = [...new Set([...Object.keys(before), ...after.keys()])].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after.get(key)),
  );
  const of = (values: (key: string) => Value | undefined): AttributeValues =>
    Object.fromEntries(keys.map((key) => [key, values(key) ?? null]));
  return { patch: of((key) => after.get(key)), undo: of((key) => before[key]) };
}
