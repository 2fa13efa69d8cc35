import { ChevronRight } from 'lucide-react';

interface Props {
  title: string;
  facts: unknown;
}

/** Facts for whoever knows what they mean, out of the way until they are asked for. */
export const JsonDetails = ({ title, facts }: Props) => (
  <details className="group min-w-0 max-w-full text-sm">
    <summary className="inline-flex min-h-11 list-none items-center gap-1 rounded-sm text-sea hover:underline sm:min-h-6 [&::-webkit-details-marker]:hidden">
      <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
      {title}
    </summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
    <pre tabIndex={0} className="mt-1 overflow-x-auto rounded-md bg-sunk p-3 text-xs">
      {JSON.stringify(facts, null, 2)}
    </pre>
  </details>
);
