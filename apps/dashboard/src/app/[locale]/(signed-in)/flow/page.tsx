import { FlowPage } from '../../../../flows/flow-page';
import { pageOf } from '../../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('flow', ['flows', 'canvas', 'simulate'], FlowPage);

export { generateMetadata };
export default Page;
