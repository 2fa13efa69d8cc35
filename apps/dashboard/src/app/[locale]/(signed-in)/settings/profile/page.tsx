import { pageOf } from '../../../../../i18n/page-of';
import { ProfilePage } from '../../../../../settings/profile/profile-page';

const { generateMetadata, Page } = pageOf('profile', ['settings'], ProfilePage);

export { generateMetadata };
export default Page;
