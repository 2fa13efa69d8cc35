import { pageOf } from '../../../../../i18n/page-of';
import { TopicsPage } from '../../../../../settings/topics/topics-page';

const { generateMetadata, Page } = pageOf('topics', ['settings'], TopicsPage);

export { generateMetadata };
export default Page;
