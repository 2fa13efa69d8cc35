import { pageOf } from '../../../../i18n/page-of';
import { ReviewPage } from '../../../../review/review-page';

const { generateMetadata, Page } = pageOf('review', ['review'], ReviewPage);

export { generateMetadata };
export default Page;
