'use client';
import { useTranslations } from 'next-intl';
import type { FieldErrors, FieldValues } from 'react-hook-form';
import { issuesOf } from '../data/problem';

/** For `register`: a field that was left empty is not there. */
export const orNothing = { setValueAs: (text: string) => (text?.trim() ? text.trim() : undefined) };
/** For `register`: a field that was emptied is cleared. */
export const orNull = { setValueAs: (text: string | null) => text?.trim() || null };

/** What is wrong with a field of a contact, as the form sees it or as the API answered. */
export function useFieldError(errors: FieldErrors<FieldValues>, refusal: unknown) {
  const t = useTranslations('contact.wrong');
  const issues = issuesOf(refusal);
  return (name: string): string | undefined => {
    const told = issues[name] ?? errors[name]?.message;
    if (!told) return undefined;
    return t.has(name as 'email') ? t(name as 'email') : String(told);
  };
}
