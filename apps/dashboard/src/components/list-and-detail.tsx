import { classNames } from './class-names';

interface Props {
  /** Whether one of the list was chosen: on a phone that one is shown instead of the list. */
  chosen: boolean;
  list: React.ReactNode;
  /** What is shown of the one; null where there is nothing to show, so that the list has the whole width. */
  detail: React.ReactNode;
}

/** A list with one of it beside it; on a phone one after the other. */
export const ListAndDetail = ({ chosen, list, detail }: Props) => (
  <div className={classNames('grid items-start gap-5', detail && 'lg:grid-cols-[21rem_minmax(0,1fr)]')}>
    <div className={classNames('min-w-0', chosen && 'hidden lg:block')}>{list}</div>
    {detail && <div className={classNames('min-w-0', !chosen && 'hidden lg:block')}>{detail}</div>}
  </div>
);

/** How the one that is shown is marked in the list. */
export const chosenInList =
  'w-full px-4 py-2.5 text-left text-sm -outline-offset-2 hover:bg-sea-wash lg:aria-[current]:bg-sea-wash lg:aria-[current]:shadow-[inset_3px_0_0_var(--color-sea)]';
