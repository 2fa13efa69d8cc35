import { pageOf } from '../../../../../i18n/page-of';
import { DomainsPage } from '../../../../../settings/domains/domains-page';

const { generateMetadata, Page } = pageOf('senderDomains', ['settings'], DomainsPage);

export { generateMetadata };
export default Page;
