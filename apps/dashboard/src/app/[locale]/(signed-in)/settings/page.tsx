import { pageOf } from '../../../../i18n/page-of';
import { SettingsOverview } from '../../../../settings/settings-overview';

const { generateMetadata, Page } = pageOf('settings', ['settings'], SettingsOverview);

export { generateMetadata };
export default Page;
