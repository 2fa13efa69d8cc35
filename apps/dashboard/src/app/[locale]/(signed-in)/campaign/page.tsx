import { CampaignPage } from '../../../../campaigns/campaign-page';
import { pageOf } from '../../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('campaign', ['campaigns', 'flows', 'templates'], CampaignPage);

export { generateMetadata };
export default Page;
