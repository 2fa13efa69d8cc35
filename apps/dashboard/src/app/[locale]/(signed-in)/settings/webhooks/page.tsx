import { pageOf } from '../../../../../i18n/page-of';
import { WebhooksPage } from '../../../../../settings/webhooks/webhooks-page';

const { generateMetadata, Page } = pageOf('webhooks', ['settings'], WebhooksPage);

export { generateMetadata };
export default Page;
