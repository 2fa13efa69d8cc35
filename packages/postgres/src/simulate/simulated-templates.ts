import type { LiveFlow } from '@halyard/core/decide/decide-store';
import type { OrgId, ProductId } from '@halyard/core/ids';
import type { StartingPoint } from '@halyard/core/simulate/starting-point';
import type { Tx } from '../database.js';
import type { TemplateRequest, TemplatesByChannel } from '../load-templates.js';
import { loadTemplates } from '../load-templates.js';

/** The templates of every message step of the flows, and those that products have of their own. */
export async function loadSimulatedTemplates(
  tx: Tx,
  orgId: OrgId,
  flows: readonly LiveFlow[],
): Promise<StartingPoint['templatesOf']> {
  const products = await tx
    .selectFrom('templates')
    .select('product_id')
    .distinct()
    .where('org_id', '=', orgId)
    .where('product_id', 'is not', null)
    .execute();
  const own = new Set(products.map(({ product_id }) => product_id));
  const steps = flows
    .flatMap(({ versions }) => versions.flatMap(({ definition }) => definition.steps))
    .filter((step) => step.type === 'message');
  const requests: TemplateRequest[] = steps.flatMap((step) =>
    [null, ...own].map((productId) => ({
      orgId,
      template: { keys: step.template },
      channels: step.channels,
      productId: productId as ProductId | null,
    })),
  );
  const found = await loadTemplates(tx, requests);
  const known = new Map<string, TemplatesByChannel>(
    requests.map(({ template, channels, productId }, n) => [
      keyOf(template, channels, productId ?? null),
      found[n] ?? {},
    ]),
  );
  return (template, channels, productId) =>
    known.get(keyOf(template, channels, own.has(productId) ? productId : null)) ?? {};
}

const keyOf = (template: unknown, channels: readonly string[], productId: string | null): string =>
  JSON.stringify([template, channels, productId]);
