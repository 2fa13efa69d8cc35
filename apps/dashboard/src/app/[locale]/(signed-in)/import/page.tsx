import { pageOf } from '../../../../i18n/page-of';
import { ImportPage } from '../../../../imports/import-page';

const { generateMetadata, Page } = pageOf('import', ['contacts'], ImportPage);

export { generateMetadata };
export default Page;
