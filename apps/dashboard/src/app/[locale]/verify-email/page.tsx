import { VerifyEmailPage } from '../../../account/verify-email-page';
import { pageOf } from '../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('verifyEmail', ['account'], VerifyEmailPage);

export { generateMetadata };
export default Page;
