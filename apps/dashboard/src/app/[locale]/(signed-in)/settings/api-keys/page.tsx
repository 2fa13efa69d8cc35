import { pageOf } from '../../../../../i18n/page-of';
import { ApiKeysPage } from '../../../../../settings/api-keys/api-keys-page';

const { generateMetadata, Page } = pageOf('apiKeys', ['settings'], ApiKeysPage);

export { generateMetadata };
export default Page;
