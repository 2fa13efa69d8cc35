import { CopyButton } from './copy-button';

/** A text for machines, such as a key or an address, with what copies it. */
export const CopiedText = ({ text, label }: { text: string; label: string }) => (
  <div className="grid gap-1">
    <p className="text-xs font-semibold text-ink-soft">{label}</p>
    <div className="flex flex-wrap items-center gap-2">
      <code className="min-w-0 flex-1 basis-60 rounded-md bg-sunk px-3 py-2 text-sm break-all select-all">
        {text}
      </code>
      <CopyButton text={text} />
    </div>
  </div>
);
