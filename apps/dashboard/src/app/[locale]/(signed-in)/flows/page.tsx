import { FlowsPage } from '../../../../flows/flows-page';
import { pageOf } from '../../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('flows', ['flows'], FlowsPage);

export { generateMetadata };
export default Page;
