import { pageOf } from '../../../i18n/page-of';
import { NotFoundPage } from '../../../shell/not-found-page';

const { generateMetadata, Page } = pageOf('notFound', ['account'], NotFoundPage);

export { generateMetadata };
export default Page;
