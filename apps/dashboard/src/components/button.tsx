import type { VariantProps } from 'class-variance-authority';
import { cva } from 'class-variance-authority';
import { classNames } from './class-names';

export const buttonStyle = cva(
  'inline-flex items-center justify-center gap-2 rounded-md font-semibold whitespace-nowrap transition-colors disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      look: {
        filled: 'bg-sea text-on-sea hover:bg-sea-deep',
        outlined: 'border border-rope-strong bg-sail text-ink hover:bg-sunk',
        plain: 'text-ink hover:bg-sunk',
        link: 'text-sea underline decoration-1 underline-offset-3 hover:text-sea-deep',
      },
      size: { normal: 'h-11 px-4 text-sm sm:h-9', large: 'h-11 px-5 text-base', inline: '' },
    },
    defaultVariants: { look: 'filled', size: 'normal' },
  },
);

type Props = React.ComponentProps<'button'> & VariantProps<typeof buttonStyle>;

export const Button = ({ look, size, className, type = 'button', ...rest }: Props) => (
  <button type={type} className={classNames(buttonStyle({ look, size }), className)} {...rest} />
);
