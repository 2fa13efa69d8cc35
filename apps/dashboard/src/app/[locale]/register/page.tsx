import { RegisterForm } from '../../../account/register-form';
import { pageOf } from '../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('register', ['account'], RegisterForm);

export { generateMetadata };
export default Page;
