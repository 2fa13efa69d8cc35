import { pageOf } from '../../../../i18n/page-of';
import { ImportsPage } from '../../../../imports/imports-page';

const { generateMetadata, Page } = pageOf('imports', ['contacts'], ImportsPage);

export { generateMetadata };
export default Page;
