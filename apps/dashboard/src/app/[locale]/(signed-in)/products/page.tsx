import { pageOf } from '../../../../i18n/page-of';
import { ProductsPage } from '../../../../products/products-page';

const { generateMetadata, Page } = pageOf('products', ['bookings'], ProductsPage);

export { generateMetadata };
export default Page;
