import { pageOf } from '../../../../../i18n/page-of';
import { ConnectionsPage } from '../../../../../settings/connections/connections-page';

const { generateMetadata, Page } = pageOf('connections', ['settings'], ConnectionsPage);

export { generateMetadata };
export default Page;
