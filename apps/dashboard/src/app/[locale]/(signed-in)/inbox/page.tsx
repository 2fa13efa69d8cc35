import { pageOf } from '../../../../i18n/page-of';
import { InboxPage } from '../../../../inbox/inbox-page';

const { generateMetadata, Page } = pageOf('inbox', ['inbox'], InboxPage);

export { generateMetadata };
export default Page;
