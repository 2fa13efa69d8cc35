import { ForgotPasswordForm } from '../../../account/forgot-password-form';
import { pageOf } from '../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('forgotPassword', ['account'], ForgotPasswordForm);

export { generateMetadata };
export default Page;
