import type { Option } from "../../../components/field.tsx";

const CODES =
  "AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VC VE VG VI VN VU WS XK YE YT ZA ZM ZW";

/** Countries whose telephone numbers can be assumed, in the reader's language and order. */
export function countryOptions(): Option<string>[] {
  const names = new Intl.DisplayNames(undefined, { type: "region" });
  const countries = CODES.split(" ").map((code) => ({ value: code, label: names.of(code) ?? code }));
  return [
    { value: "", label: "None: only numbers with + are telephones" },
    ...countries.sort((a, b) => a.label.localeCompare(b.label)),
  ];
}
