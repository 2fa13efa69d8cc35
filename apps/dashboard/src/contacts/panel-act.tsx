import { Button } from '../components/button';

interface Props {
  /** What it does, for who hears it without seeing the panel. */
  label: string;
  text: string;
  onClick: () => void;
}

/** The act of a panel, beside its title. */
export const PanelAct = ({ label, text, onClick }: Props) => (
  <Button look="link" size="inline" aria-label={label} className="min-h-11 sm:min-h-6" onClick={onClick}>
    {text}
  </Button>
);
