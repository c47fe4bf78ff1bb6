/** Calling codes the simulated account knows; longest first. */
const CALLING_CODES = ["353", "351", "61", "55", "49", "44", "41", "39", "34", "33", "32", "31", "1", "7"];

interface CalculatedPhone {
  /** Null when the number is not understood. */
  readonly e164: string | null;
  readonly countryCode: string | null;
  /** Area code and local number, without country code and trunk zero; for junk its digits without leading zeros. */
  readonly searchable: string;
}

/**
 * What HubSpot calculates from a number as typed. `513-227-1572` gives `+15132271572` and `5132271572`,
 * `+33 6 55 55 55 55` gives `655555555`, `00004` gives `4`. A number without country code is taken as North American.
 */
export function calculatePhone(typed: string): CalculatedPhone {
  const withoutExtension = typed.replace(/\s*(?:ext\.?|x|#)\s*\d+\s*$/i, "").replaceAll("(0)", "");
  const digits = withoutExtension.replace(/\D/g, "");
  const international = /^\s*\+/.test(typed) ? digits : /^\s*00[1-9]/.test(typed) ? digits.slice(2) : null;
  if (international === null) return domestic(digits);
  const code = CALLING_CODES.find((one) => international.startsWith(one));
  const national = code === undefined ? "" : withoutLeadingZeros(international.slice(code.length));
  if (code === undefined || national.length < 5) return junk(digits);
  return { e164: `+${code}${national}`, countryCode: code, searchable: national };
}

function domestic(digits: string): CalculatedPhone {
  const national = digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits;
  if (!/^[2-9]\d{9}$/.test(national)) return junk(digits);
  return { e164: `+1${national}`, countryCode: "1", searchable: national };
}

function junk(digits: string): CalculatedPhone {
  return { e164: null, countryCode: null, searchable: withoutLeadingZeros(digits) };
}

function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+/, "");
}
