'use client';
import { useLocale, useTranslations } from 'next-intl';

const countries =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );
const languages =
  'ar bg bs ca cs da de el en es et fa fi fr ga he hr hu id is it ja ko lt lv mk mt nb nl pl pt ro ru sk sl sq sr sv th tr uk vi zh'.split(
    ' ',
  );

type Options = readonly (readonly [value: string, text: string])[];

/** Countries, languages and zones to choose from, in the reader's words. `first` stands for none of them. */
export function usePlaces() {
  const locale = useLocale();
  const t = useTranslations('contact');
  const named = (codes: readonly string[], type: 'region' | 'language', present?: string | null): Options => {
    const names = new Intl.DisplayNames(locale, { type });
    const all = present && !codes.includes(present) ? [...codes, present] : codes;
    return all
      .map((code) => [code, nameIn(names, code)] as const)
      .sort(([, one], [, other]) => one.localeCompare(other, locale));
  };
  const none = ['', t('none')] as const;
  return {
    countryName: (code: string) => nameIn(new Intl.DisplayNames(locale, { type: 'region' }), code),
    languageName: (code: string) => nameIn(new Intl.DisplayNames(locale, { type: 'language' }), code),
    countries: (present?: string | null) => named(countries, 'region', present),
    languages: (present?: string | null) => named(languages, 'language', present),
    zones: (present?: string | null): Options => {
      const zones = Intl.supportedValuesOf('timeZone');
      const all = present && !zones.includes(present) ? [...zones, present] : zones;
      return all.map((zone) => [zone, zone.replaceAll('_', ' ')]);
    },
    none,
  };
}

function nameIn(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code; // what an import brought need not be a language
  }
}
