import { pageOf } from '../../../../../i18n/page-of';
import { InboundHooksPage } from '../../../../../settings/inbound-hooks/inbound-hooks-page';

const { generateMetadata, Page } = pageOf('inboundHooks', ['settings'], InboundHooksPage);

export { generateMetadata };
export default Page;
