import { pageOf } from '../../../../i18n/page-of';
import { MessagesPage } from '../../../../messages/messages-page';

const { generateMetadata, Page } = pageOf('messages', ['messages'], MessagesPage);

export { generateMetadata };
export default Page;
