/** Facts by their names, without those of which nothing is known. */
export const FactList = ({
  rows,
}: {
  rows: readonly (readonly [term: string, value: React.ReactNode])[];
}) => (
  <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-5 gap-y-2 px-4 py-4 text-sm sm:px-5">
    {rows.map(([term, value]) =>
      value ? (
        <div key={term} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-soft">{term}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ) : null,
    )}
  </dl>
);
