import type { Step } from '@halyard/contracts/flows/definition';
import type { KnownFact } from '../conditions/known-facts';

/** What the editor of every kind of step is given. */
export interface StepEditorProps<Kind extends Step = Step> {
  step: Kind;
  onChange: (step: Kind) => void;
  /** The facts that conditions of this step can pick by name. */
  facts: readonly KnownFact[];
  /** Names of the other steps, by their ids. */
  names: Readonly<Record<string, string>>;
}
