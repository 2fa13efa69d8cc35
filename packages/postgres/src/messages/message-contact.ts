import type { ListedMessage } from '@halyard/contracts/messages/message';
import { sql } from 'kysely';

/** Whom each of the selected `messages` is for. Two look-ups by key a row, and only for rows of the page. */
export const contactOf = sql<ListedMessage['contact']>`(
  select jsonb_build_object('id', c.id, 'name', nullif(concat_ws(' ', c.first_name, c.last_name), ''), 'address',
    (select i.address from identities i where i.org_id = c.org_id and i.contact_id = c.id
     order by i.created_at, i.id limit 1))
  from contacts c
  where c.org_id = messages.org_id and c.id = messages.contact_id and c.erased_at is null)`.as('contact');
