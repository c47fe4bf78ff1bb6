/**
 * Whether `origin` may frame the widget. Patterns are exact origins, or `https://*.example.com` for every
 * subdomain of any depth (not for `example.com` itself).
 */
export function isAllowedOrigin(origin: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const wildcard = pattern.indexOf("://*.");
    if (wildcard < 0) return origin === pattern;
    const scheme = pattern.slice(0, wildcard + 3);
    const suffix = pattern.slice(wildcard + 4);
    if (!origin.startsWith(scheme) || !origin.endsWith(suffix)) return false;
    const subdomain = origin.slice(scheme.length, -suffix.length);
    return /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(subdomain);
  });
}
