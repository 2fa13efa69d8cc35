import { ContactPage } from '../../../../contacts/contact-page';
import { pageOf } from '../../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('contact', ['contacts', 'messages'], ContactPage);

export { generateMetadata };
export default Page;
