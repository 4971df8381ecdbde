// Made when it is first used: what the browser knows of languages takes it long to read.
let names: Intl.DisplayNames | undefined;

/** A country by its ISO 3166-1 number, as the registry holds it: `Germany (276)`. */
export function countryText(country: number | null): string {
  if (country === null) return 'None';
  const code = String(country).padStart(3, '0');
  const letters = lettersOf(code);
  names ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const name = letters === undefined || letters === 'ZZ' ? undefined : names.of(letters);
  return name === undefined ? `Country ${code}` : `${name} (${code})`;
}

/** Locale tags may carry the number of a region; their canonical form has its letters (BCP 47, CLDR). */
function lettersOf(code: string): string | undefined {
  try {
    return /-([A-Z]{2})$/u.exec(Intl.getCanonicalLocales(`und-${code}`)[0] ?? '')?.[1];
  } catch {
    return undefined;
  }
}
