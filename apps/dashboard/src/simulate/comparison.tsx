'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../components/panel';
import type { SimulationResult } from '../data/simulation';
import { useTimes } from '../i18n/times';

type Compared = NonNullable<SimulationResult['compared']>['comparison'];
type Difference = Compared['differences'][number];

interface Props {
  comparison: Compared;
  nameOf: (step: string) => string;
  timelines: SimulationResult['timelines'];
}

const shown = 100;
const head = 'px-3 py-2 text-left text-xs font-semibold text-ink-soft first:pl-5 last:pr-5';
const cell = 'px-3 py-1.5 first:pl-5 last:pr-5';
const kinds = ['gained', 'lost', 'shifted'] as const;

/** Who gains, loses or shifts which message, when this is published. */
export function Comparison({ comparison, nameOf, timelines }: Props) {
  const t = useTranslations('simulate');
  const { unchanged, steps, differences } = comparison;
  const changed = kinds.reduce((sum, kind) => sum + comparison[kind], 0);
  const names = new Map(timelines.map(({ contact_id, name }) => [contact_id, name]));
  if (changed === 0)
    return (
      <Panel title={t('comparison')}>
        <p className="px-4 py-4 sm:px-5">{t('same', { count: unchanged })}</p>
      </Panel>
    );
  return (
    <Panel title={t('comparison')}>
      <p className="px-4 pt-4 pb-2 sm:px-5">{t('differs', { unchanged })}</p>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-rope">
            <th className={head}>{t('step')}</th>
            {kinds.map((kind) => (
              <th key={kind} className={`${head} text-right`}>
                {t(kind)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-rope">
          {steps.map((step) => (
            <tr key={step.step}>
              <td className={cell}>{nameOf(step.step)}</td>
              {kinds.map((kind) => (
                <td key={kind} className={`${cell} text-right`}>
                  {step[kind]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <details className="border-t border-rope px-4 py-3 text-sm sm:px-5" open={changed <= 12}>
        <summary className="min-h-6 font-semibold">{t('whoDiffers')}</summary>
        <ul className="mt-2 grid gap-2">
          {differences.slice(0, shown).map((one) => (
            <Who
              key={`${one.contact_id} ${one.subject?.id} ${one.step}`}
              difference={one}
              step={nameOf(one.step)}
              name={names.get(one.contact_id) ?? t('someone', { id: one.contact_id.slice(-6) })}
            />
          ))}
        </ul>
        {changed > shown && <p className="mt-2 text-ink-soft">{t('more', { shown, all: changed })}</p>}
      </details>
    </Panel>
  );
}

function Who({ difference, step, name }: { difference: Difference; step: string; name: string }) {
  const t = useTranslations();
  const times = useTimes();
  const sendingOf = (sending: Difference['before']) =>
    sending ? `${times.moment(sending.at)}, ${t(`channels.${sending.channel as 'email'}`)}` : '–';
  return (
    <li>
      <p>
        <span className="font-semibold">{t(`simulate.${difference.change}`)}:</span> {step}, {name}
      </p>
      <p className="text-ink-soft">
        {t('simulate.before')}: {sendingOf(difference.before)} → {t('simulate.after')}:{' '}
        {sendingOf(difference.after)}
      </p>
    </li>
  );
}
