/** Whether PostgreSQL can keep a value: it cannot store U+0000 in text. */
export const storable = (value: unknown): boolean => !JSON.stringify(value).includes('\\u0000');
