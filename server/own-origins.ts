const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Origins that are this server's own pages. A server on loopback is reached by any of loopback's names, so that
 * `localhost` and `127.0.0.1` are not strangers to each other on a developer's machine.
 */
export function ownOrigins(publicUrl: string): ReadonlySet<string> {
  const { origin, hostname, protocol, port } = new URL(publicUrl);
  if (!LOOPBACK_HOSTS.includes(hostname)) return new Set([origin]);
  return new Set(LOOPBACK_HOSTS.map((host) => `${protocol}//${host}${port && `:${port}`}`));
}
