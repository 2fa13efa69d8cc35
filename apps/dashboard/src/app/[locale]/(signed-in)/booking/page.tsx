import { BookingPage } from '../../../../bookings/booking-page';
import { pageOf } from '../../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('booking', ['bookings'], BookingPage);

export { generateMetadata };
export default Page;
