import { pageOf } from '../../../../../i18n/page-of';
import { AuditPage } from '../../../../../settings/audit/audit-page';

const { generateMetadata, Page } = pageOf('auditLog', ['settings'], AuditPage);

export { generateMetadata };
export default Page;
