'use client';
import { useState } from 'react';
import type { Template } from '../data/templates';
import type { Content } from './content';
import { asGiven, sameContent } from './content';

/** What is being written, beside what was saved last. */
export interface Draft {
  content: Content;
  change: (content: Content) => void;
  /** Something was written that is not saved. */
  dirty: boolean;
  /** Somebody saved another version meanwhile, and it says something else. */
  overtaken: boolean;
  /** Goes on with what is saved, and drops what was written. */
  drop: () => void;
}

export function useDraft(template: Template): Draft {
  const saved = template.content as unknown as Content;
  const [draft, setDraft] = useState({ version: template.current_version, saved, content: saved });
  const dirty = !sameContent(asGiven(draft.content), draft.saved);
  const isNew = draft.version !== template.current_version;
  const isMine = sameContent(asGiven(draft.content), saved);
  if (isNew && (isMine || !dirty))
    setDraft({
      version: template.current_version,
      saved,
      content: isMine ? draft.content : saved,
    });
  return {
    content: draft.content,
    change: (content) => setDraft((before) => ({ ...before, content })),
    dirty,
    overtaken: isNew && dirty && !isMine,
    drop: () => setDraft({ version: template.current_version, saved, content: saved }),
  };
}
