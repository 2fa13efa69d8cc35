'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AccountPage } from '../account/account-page';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Trouble } from '../components/trouble';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Me } from '../data/queries';

/** For who belongs to no organization, or to none any more: make one, or take an invitation. */
export function FirstOrganization({ me }: { me: Me }) {
  const t = useTranslations('firstOrganization');
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => answerOf(halyard.POST('/organizations', { body: { name } })),
    onSuccess: () => queries.resetQueries(),
  });
  return (
    <AccountPage title={t('title')} text={t('text', { email: me.email })}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        {create.error && <Trouble error={create.error} />}
        <Field
          label={t('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
          maxLength={200}
          autoComplete="organization"
        />
        <Button type="submit" size="large" disabled={create.isPending}>
          {t('create')}
        </Button>
      </form>
    </AccountPage>
  );
}
