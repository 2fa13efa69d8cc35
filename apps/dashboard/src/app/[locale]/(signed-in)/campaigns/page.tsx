import { CampaignsPage } from '../../../../campaigns/campaigns-page';
import { pageOf } from '../../../../i18n/page-of';

const { generateMetadata, Page } = pageOf('campaigns', ['campaigns'], CampaignsPage);

export { generateMetadata };
export default Page;
