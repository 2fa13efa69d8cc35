import { pageOf } from '../../../../i18n/page-of';
import { RecipesPage } from '../../../../recipes/recipes-page';

const { generateMetadata, Page } = pageOf('recipes', ['flows'], RecipesPage);

export { generateMetadata };
export default Page;
