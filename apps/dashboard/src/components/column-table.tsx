interface ShownColumn {
  name: string;
  /** Such as its type. */
  note?: string;
  samples: readonly string[];
  /** Whether anything is made of it. */
  used: boolean;
  /** Where its meaning is chosen. */
  meaning: React.ReactNode;
}

interface Props {
  heads: readonly [column: string, samples: string, meaning: string];
  /** Said of a column without samples. */
  empty: string;
  columns: readonly ShownColumn[];
}

const head = 'px-3 py-2 text-left text-xs font-semibold text-ink-soft first:pl-5 last:pr-5';
const cell = 'block px-4 py-1 sm:table-cell sm:px-3 sm:py-2 sm:first:pl-5 sm:last:pr-5';
const shownSamples = 3;

/** The columns of somebody else's table, each with what stands in it, and what it means. */
export const ColumnTable = ({ heads, empty, columns }: Props) => (
  <table className="w-full border-collapse text-sm">
    <thead className="hidden border-b border-rope sm:table-header-group">
      <tr>
        {heads.map((one) => (
          <th key={one} className={head}>
            {one}
          </th>
        ))}
      </tr>
    </thead>
    <tbody className="divide-y divide-rope">
      {columns.map(({ name, note, samples, used, meaning }) => (
        <tr key={name} className={`block py-2 sm:table-row sm:py-0 ${used ? '' : 'text-ink-soft'}`}>
          <td className={`${cell} font-semibold break-words`}>
            {name}
            {note && <span className="block text-xs font-normal text-ink-soft">{note}</span>}
          </td>
          <td className={`${cell} text-ink-soft`}>
            <span className="line-clamp-2 wrap-anywhere">
              {samples.slice(0, shownSamples).join(' · ') || empty}
            </span>
          </td>
          <td className={cell}>{meaning}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
