'use client';
import { columnVisibilityFeature, createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Link } from '../i18n/navigation';
import { classNames } from './class-names';
import { Menu, MenuCheck } from './menu';
import { useHiddenColumns } from './use-hidden-columns';

export interface Column<Row> {
  id: string;
  title: string;
  cell: (row: Row) => React.ReactNode;
  /** The first column of a row names it and leads to its page; it is always shown. */
  right?: boolean;
  /** How the list is sorted by this column, as the API calls it. */
  sort?: { ascending: string; descending: string };
  /** Not shown until a person asks for it. */
  hidden?: boolean;
}

interface Props<Row> {
  /** What the rows are, for screen readers. */
  label: string;
  /** Under which the choice of columns is kept in this browser; without it all are shown. */
  name?: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** Where a row leads to. */
  href?: (row: Row) => string;
  order?: { value: string; onChange: (order: string) => void };
}

const features = tableFeatures({ columnVisibilityFeature });
const cellClass = 'block px-4 sm:table-cell sm:px-3 sm:py-2 sm:first:pl-5 sm:last:pr-5';
const headClass = 'px-3 py-2 text-left text-xs font-semibold text-ink-soft first:pl-5 last:pr-5';

/** A table where there is room for one, cards on a phone. The whole row can be pressed, the first cell is its link. */
export function DataTable<Row>({ label, name, rows, columns, keyOf, href, order }: Props<Row>) {
  const [columnVisibility, setHidden] = useHiddenColumns(name, columns);
  const defined = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row & object>();
    return columns.map((column) =>
      helper.display({ id: column.id, header: column.title, cell: ({ row }) => column.cell(row.original) }),
    );
  }, [columns]);
  const table = useTable({
    features,
    columns: defined,
    data: rows as readonly (Row & object)[],
    getRowId: keyOf,
    state: { columnVisibility },
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  return (
    <>
      {name && <ColumnChoice columns={columns} shown={columnVisibility} onChange={setHidden} />}
      <div className="overflow-x-auto rounded-b-lg">
        <table className="w-full border-collapse text-sm" aria-label={label}>
          <thead className="hidden border-b border-rope sm:table-header-group">
            <tr>
              {table.getHeaderGroups()[0]?.headers.map(({ id }) => (
                <Head key={id} column={byId.get(id)} order={order} />
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-rope">
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id} className="relative block py-3 hover:bg-sea-wash sm:table-row sm:py-0">
                {row.getVisibleCells().map((cell, at) => (
                  <td
                    key={cell.id}
                    className={classNames(cellClass, byId.get(cell.column.id)?.right && 'sm:text-right')}
                  >
                    {at === 0 && href ? (
                      <Link href={href(row.original)} className="font-semibold after:absolute after:inset-0">
                        <table.FlexRender cell={cell} />
                      </Link>
                    ) : (
                      <table.FlexRender cell={cell} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Head<Row>({ column, order }: { column: Column<Row> | undefined; order: Props<Row>['order'] }) {
  const t = useTranslations('list');
  if (!column) return null;
  const { title, right, sort } = column;
  const place = classNames(headClass, right && 'text-right');
  if (!sort || !order) return <th className={place}>{title}</th>;
  const up = order.value === sort.ascending;
  const sorted = up || order.value === sort.descending;
  const Arrow = up ? ArrowUp : ArrowDown;
  return (
    <th className={place} aria-sort={sorted ? (up ? 'ascending' : 'descending') : 'none'}>
      <button
        type="button"
        title={t('sortedBy', { column: title })}
        onClick={() => order.onChange(up ? sort.descending : sort.ascending)}
        className="-mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:text-ink"
      >
        {title}
        {sorted && <Arrow className="size-3.5" aria-hidden="true" />}
      </button>
    </th>
  );
}

interface ChoiceProps<Row> {
  columns: readonly Column<Row>[];
  shown: Record<string, boolean>;
  onChange: (id: string, hidden: boolean) => void;
}

function ColumnChoice<Row>({ columns, shown, onChange }: ChoiceProps<Row>) {
  const t = useTranslations('list');
  return (
    <div className="hidden justify-end border-b border-rope px-3 py-1 sm:flex">
      <Menu
        place="right-0 top-full mt-1"
        stays
        triggerClass="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-xs font-semibold text-ink-soft hover:bg-sunk"
        trigger={
          <>
            <Columns3 className="size-4" aria-hidden="true" />
            {t('columns')}
          </>
        }
      >
        {columns.slice(1).map(({ id, title }) => (
          <MenuCheck key={id} checked={shown[id] ?? true} onChange={(checked) => onChange(id, !checked)}>
            {title}
          </MenuCheck>
        ))}
      </Menu>
    </div>
  );
}
