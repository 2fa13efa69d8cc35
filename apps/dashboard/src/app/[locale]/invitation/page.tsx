import { InvitationPage } from '../../../account/invitation-page';
import { pageOf } from '../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('invitation', ['account'], InvitationPage);

export { generateMetadata };
export default Page;
