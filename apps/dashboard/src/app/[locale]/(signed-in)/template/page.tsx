import { pageOf } from '../../../../i18n/page-of';
import { TemplatePage } from '../../../../templates/template-page';

const { generateMetadata, Page } = pageOf('template', ['templates'], TemplatePage);

export { generateMetadata };
export default Page;
