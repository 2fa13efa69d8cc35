'use client';
import { ArrowDown, ArrowUp, Copy, Ellipsis, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { SignButton } from '../components/compact-controls';
import { Menu, MenuItem } from '../components/menu';

interface Props {
  title: string;
  first: boolean;
  last: boolean;
  onMove: (by: -1 | 1) => void;
  onDuplicate: () => void;
  onDelete: () => void;
}

/** What can be done with a step besides editing it. */
export function StepMenu({ title, first, last, onMove, onDuplicate, onDelete }: Props) {
  const t = useTranslations('flow.step');
  return (
    <div className="relative z-10 flex shrink-0">
      <SignButton
        label={t('up', { title })}
        disabled={first}
        onClick={() => onMove(-1)}
        className="max-sm:hidden"
      >
        <ArrowUp aria-hidden="true" />
      </SignButton>
      <SignButton
        label={t('down', { title })}
        disabled={last}
        onClick={() => onMove(1)}
        className="max-sm:hidden"
      >
        <ArrowDown aria-hidden="true" />
      </SignButton>
      <Menu
        place="right-0 top-full"
        triggerClass="inline-flex size-11 items-center justify-center rounded-md text-ink-soft hover:bg-sunk hover:text-ink sm:size-8"
        trigger={
          <>
            <Ellipsis className="size-4" aria-hidden="true" />
            <span className="sr-only">{t('more', { title })}</span>
          </>
        }
      >
        <div className="sm:hidden">
          {!first && (
            <MenuItem onClick={() => onMove(-1)}>
              <ArrowUp aria-hidden="true" />
              {t('moveUp')}
            </MenuItem>
          )}
          {!last && (
            <MenuItem onClick={() => onMove(1)}>
              <ArrowDown aria-hidden="true" />
              {t('moveDown')}
            </MenuItem>
          )}
        </div>
        <MenuItem onClick={onDuplicate}>
          <Copy aria-hidden="true" />
          {t('duplicate')}
        </MenuItem>
        {!(first && last) && (
          <MenuItem onClick={onDelete}>
            <Trash2 aria-hidden="true" />
            {t('delete')}
          </MenuItem>
        )}
      </Menu>
    </div>
  );
}
