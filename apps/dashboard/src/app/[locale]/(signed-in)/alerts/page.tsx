import { AlertsPage } from '../../../../alerts/alerts-page';
import { pageOf } from '../../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('alerts', ['alerts'], AlertsPage);

export { generateMetadata };
export default Page;
