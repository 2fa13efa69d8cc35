'use client';
import { useTranslations } from 'next-intl';
import type { AttributeValues } from '../contacts/attribute-value';
import { settledPlan } from '../data/bookings';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useTimes } from '../i18n/times';
import { movedBetween } from './moved-plan';
import type { PlannedItem } from './plan-line/offset';

const changes = ['bookings', 'booking', 'messages', 'message'];

interface Dates {
  starts_at: string;
  ends_at: string;
}

interface Move {
  from: Dates;
  to: Dates;
  /** As they stood before. */
  items: readonly PlannedItem[];
}

/** Moves a booking, and says how many of its messages moved along. It can be moved back. */
export function useReschedule(id: string, onDone: () => void) {
  const t = useTranslations('booking.acts');
  const times = useTimes();
  const move = async ({ to, items }: Move) => {
    await answerOf(halyard.POST('/bookings/{id}/reschedule', { params: { path: { id } }, body: to }));
    const plan = await settledPlan(id);
    return { items: plan.items, moved: movedBetween(items, plan.items) };
  };
  const told = (moved: number, { to }: Move) =>
    t('rescheduled', { when: times.moment(to.starts_at), count: moved });
  const back = useAct<Move, Awaited<ReturnType<typeof move>>>({
    do: move,
    changes,
    done: ({ moved }, given) => ({ text: told(moved, given) }),
  });
  return useAct<Move, Awaited<ReturnType<typeof move>>>({
    do: move,
    changes,
    tellsErrors: true,
    done: ({ items, moved }, given) => {
      onDone();
      return { text: told(moved, given), undo: () => back.mutate({ from: given.to, to: given.from, items }) };
    },
  });
}

export function useCancel(id: string) {
  const t = useTranslations('booking.acts');
  return useAct({
    do: async ({ reason }: { reason: string }) => {
      const body = reason ? { reason } : {};
      await answerOf(halyard.POST('/bookings/{id}/cancel', { params: { path: { id } }, body }));
      const { items } = await settledPlan(id);
      return items.filter(({ reason }) => reason === 'subject_cancelled').length;
    },
    changes,
    done: (count) => ({ text: t('cancelled', { count }) }),
  });
}

/** The guest has arrived; it is over. */
export function useProgress(id: string) {
  const t = useTranslations('booking.acts');
  return useAct({
    do: (step: 'checkIn' | 'complete') => {
      const given = { params: { path: { id } }, body: {} };
      return answerOf(
        step === 'checkIn'
          ? halyard.POST('/bookings/{id}/check-in', given)
          : halyard.POST('/bookings/{id}/complete', given),
      );
    },
    changes,
    done: (_, step) => ({ text: t(step === 'checkIn' ? 'checkedIn' : 'completed') }),
  });
}

interface Changes {
  product_id: string | null;
  /** Those that differ; null takes one away. */
  attributes: AttributeValues;
}

/** Changes product and attributes. It can be undone. */
export function useChangeBooking(id: string) {
  const t = useTranslations('booking.acts');
  const patch = (body: Changes) =>
    answerOf(halyard.PATCH('/bookings/{id}', { params: { path: { id } }, body }));
  const back = useAct({ do: patch, changes, done: () => ({ text: t('changed') }) });
  return useAct({
    do: ({ to }: { to: Changes; from: Changes }) => patch(to),
    changes,
    tellsErrors: true,
    done: (_, { from }) => ({ text: t('changed'), undo: () => back.mutate(from) }),
  });
}
