import { pageOf } from '../../../../../i18n/page-of';
import { SendingPage } from '../../../../../settings/sending/sending-page';

const { generateMetadata, Page } = pageOf('sendingRules', ['settings'], SendingPage);

export { generateMetadata };
export default Page;
