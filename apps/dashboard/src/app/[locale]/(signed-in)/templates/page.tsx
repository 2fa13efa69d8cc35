import { pageOf } from '../../../../i18n/page-of';
import { TemplatesPage } from '../../../../templates/templates-page';

const { generateMetadata, Page } = pageOf('templates', ['templates'], TemplatesPage);

export { generateMetadata };
export default Page;
