import { pageOf } from '../../../../../i18n/page-of';
import { SuppressionsPage } from '../../../../../settings/suppressions/suppressions-page';

const { generateMetadata, Page } = pageOf('suppressions', ['settings'], SuppressionsPage);

export { generateMetadata };
export default Page;
