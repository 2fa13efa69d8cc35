import { BookingsPage } from '../../../../bookings/bookings-page';
import { pageOf } from '../../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('bookings', ['bookings'], BookingsPage);

export { generateMetadata };
export default Page;
