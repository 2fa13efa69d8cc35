import { pageOf } from '../../../../i18n/page-of';
import { MessagePage } from '../../../../messages/message-page';

const { generateMetadata, Page } = pageOf('message', ['messages'], MessagePage);

export { generateMetadata };
export default Page;
