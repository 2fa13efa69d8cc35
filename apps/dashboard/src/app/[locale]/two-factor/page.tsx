import { TwoFactorForm } from '../../../account/two-factor-form';
import { pageOf } from '../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('twoFactor', ['account'], TwoFactorForm);

export { generateMetadata };
export default Page;
