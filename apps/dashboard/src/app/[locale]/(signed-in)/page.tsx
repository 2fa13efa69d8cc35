import { pageOf } from '../../../i18n/page-of';
import { Overview } from '../../../overview/overview';

const { generateMetadata, Page } = pageOf('overview', ['overview', 'messages'], Overview);

export { generateMetadata };
export default Page;
