import { ContactsPage } from '../../../../contacts/contacts-page';
import { pageOf } from '../../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('contacts', ['contacts'], ContactsPage);

export { generateMetadata };
export default Page;
