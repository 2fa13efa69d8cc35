import { SignInForm } from '../../../account/sign-in-form';
import { pageOf } from '../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('signIn', ['account'], SignInForm);

export { generateMetadata };
export default Page;
