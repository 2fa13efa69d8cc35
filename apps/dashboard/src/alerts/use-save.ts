import { useTranslations } from 'next-intl';
import { issuesOf } from '../data/problem';
import { useAct } from '../data/use-act';

interface Saved {
  /** Null for one that is made now. */
  id: string | null;
  make: () => Promise<unknown>;
  rewrite: (id: string) => Promise<unknown>;
  /** The first elements of the query keys that it changes. */
  changes: readonly string[];
  onClose: () => void;
}

/** A form that makes one of something, or writes it anew; what the API says of its fields stands at them. */
export function useSave({ id, make, rewrite, changes, onClose }: Saved) {
  const acts = useTranslations('acts');
  const save = useAct({
    do: () => (id === null ? make() : rewrite(id)),
    changes,
    done: () => {
      onClose();
      return { text: acts('saved') };
    },
    tellsErrors: true,
  });
  const issues = issuesOf(save.error);
  return {
    issues,
    /** What a `FormPanel` takes of it. */
    panel: {
      busy: save.isPending,
      error: Object.keys(issues).length ? null : save.error,
      onSubmit: () => save.mutate(),
      onClose,
    },
  };
}
