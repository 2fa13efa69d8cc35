import type { Block, BlockKind } from './block';

/** What a block has of its own accord when it is added. */
export function newBlock(kind: BlockKind, unsubscribe: string): Block {
  switch (kind) {
    case 'heading':
    case 'text':
      return { kind, text: '', align: 'left' };
    case 'image':
      return { kind, src: '', alt: '', href: '', width: null };
    case 'button':
      return { kind, text: '', href: 'https://', align: 'center', colour: '' };
    case 'divider':
      return { kind };
    case 'columns':
      return {
        kind,
        left: [{ kind: 'text', text: '', align: 'left' }],
        right: [{ kind: 'text', text: '', align: 'left' }],
      };
    case 'footer':
      return {
        kind,
        text: `{{ organizationName }}, {{ organization.postal_address }}\n[${unsubscribe}]({{ unsubscribeUrl }})`,
      };
  }
}
