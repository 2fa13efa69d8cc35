import { pageOf } from '../../../../../i18n/page-of';
import { SourcesPage } from '../../../../../settings/sources/sources-page';

const { generateMetadata, Page } = pageOf('sources', ['settings'], SourcesPage);

export { generateMetadata };
export default Page;
