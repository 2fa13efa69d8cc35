import { pageOf } from '../../../../../i18n/page-of';
import { MembersPage } from '../../../../../settings/members/members-page';

const { generateMetadata, Page } = pageOf('members', ['settings'], MembersPage);

export { generateMetadata };
export default Page;
