import { pageOf } from '../../../i18n/page-of';
import { NotFoundPage } from '../../../shell/not-found-page';

const { generateMetadata, Page } = pageOf('notFound', [], NotFoundPage);

export { generateMetadata };
export default Page;
