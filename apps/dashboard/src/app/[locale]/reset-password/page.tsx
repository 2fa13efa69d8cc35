import { ResetPasswordForm } from '../../../account/reset-password-form';
import { pageOf } from '../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('resetPassword', ['account'], ResetPasswordForm);

export { generateMetadata };
export default Page;
