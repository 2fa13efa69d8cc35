/** Where something is written: a line or several. */
export type Writing = HTMLInputElement | HTMLTextAreaElement;

/** Puts text where the cursor stands, in place of what is selected. */
export function insertText(field: Writing, text: string): void {
  replaceSelection(field, text, text.length);
}

/** Puts signs around what is selected; the cursor stays within them. */
export function surround(field: Writing, before: string, after: string): void {
  const selected = field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  replaceSelection(field, before + selected + after, before.length + selected.length);
}

function replaceSelection(field: Writing, text: string, cursor: number): void {
  const start = field.selectionStart ?? field.value.length;
  field.focus();
  field.setRangeText(text, start, field.selectionEnd ?? start);
  field.setSelectionRange(start + cursor, start + cursor);
  // React hears of it as of typing.
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
