'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Connection } from '../../data/queries';
import { useAct } from '../../data/use-act';
import { useMay } from '../../shell/use-may';
import { ConnectionActions } from './connection-actions';
import { ConnectionState } from './connection-state';
import { inOrder, moved } from './order';

interface Props {
  connections: readonly Connection[];
  onOpen: (id: string) => void;
}

/** In the order in which they are tried: of several for a channel, the first one that works is used. */
export function ConnectionList({ connections, onOpen }: Props) {
  const t = useTranslations('settings.connections');
  const may = useMay();
  const ordered = inOrder(connections);
  const move = useAct({
    do: ({ id, by }: { id: string; by: -1 | 1 }) =>
      Promise.all(
        moved(connections, id, by).map(({ id, priority }) =>
          answerOf(
            halyard.PATCH('/connections/{id}', {
              params: { path: { id } },
              body: { priority, skip_test: false },
            }),
          ),
        ),
      ),
    changes: ['connections'],
    done: () => ({ text: t('moved') }),
  });
  return (
    <ol className="divide-y divide-rope">
      {ordered.map((connection, at) => (
        <li key={connection.id} className="grid grid-cols-1 gap-3 px-4 py-4 sm:px-5">
          <ConnectionState connection={connection} onOpen={() => onOpen(connection.id)} />
          {may('admin') && (
            <div className="flex flex-wrap items-start justify-between gap-2">
              <ConnectionActions connection={connection} onOpen={() => onOpen(connection.id)} />
              {ordered.length > 1 && (
                <div className="flex gap-1">
                  <Move
                    up
                    name={connection.name}
                    disabled={at === 0 || move.isPending}
                    onPress={() => move.mutate({ id: connection.id, by: -1 })}
                  />
                  <Move
                    name={connection.name}
                    disabled={at === ordered.length - 1 || move.isPending}
                    onPress={() => move.mutate({ id: connection.id, by: 1 })}
                  />
                </div>
              )}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

interface MoveProps {
  name: string;
  up?: boolean;
  disabled: boolean;
  onPress: () => void;
}

function Move({ name, up = false, disabled, onPress }: MoveProps) {
  const t = useTranslations('settings.connections');
  const Icon = up ? ArrowUp : ArrowDown;
  return (
    <Button
      look="plain"
      disabled={disabled}
      onClick={onPress}
      aria-label={t(up ? 'moveUp' : 'moveDown', { name })}
    >
      <Icon aria-hidden="true" />
    </Button>
  );
}
