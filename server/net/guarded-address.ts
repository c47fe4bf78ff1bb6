import { lookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** An address somebody entered leads, or may lead, into a network that is not the world's. The message is for people. */
export class RefusedAddress extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RefusedAddress";
  }
}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface AddressGuardOptions {
  /** Every address of a name; the default asks the system. */
  readonly resolve?: (hostname: string) => Promise<readonly ResolvedAddress[]>;
  /** Ports that may be called; the default leaves out those of mail, databases and the like. */
  readonly ports?: readonly number[];
  /** Which IP addresses may be called; the default is `isPublicAddress`. */
  readonly mayReach?: (address: string) => boolean;
}

const WEB_PORTS = [80, 443, 8080, 8443];
/** Names that only an inner network knows (RFC 6761, RFC 6762, RFC 8375, and the clouds' metadata services). */
const INNER_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/** IANA's special-purpose registry, and the address at which Azure's hosts answer their guests. */
const INNER_IPV4 = blockList("ipv4", [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"],
  ...["192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"],
  ...["224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"],
]);
const GLOBAL_IPV6 = blockList("ipv6", ["2000::/3"]);
/** Parts of it that lead elsewhere: protocol assignments with Teredo, documentation, 6to4. */
const INNER_IPV6 = blockList("ipv6", ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);
/** IPv6 prefixes whose last 32 bits are an IPv4 address: mapped addresses and NAT64 (RFC 6052). */
const CARRIES_IPV4 = [
  [0, 0, 0, 0, 0, 0xffff],
  [0x64, 0xff9b, 0, 0, 0, 0],
];

/** Whether an IP address is one that the whole internet can reach. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, "");
  if (isIP(plain) === 4) return !INNER_IPV4.check(plain, "ipv4");
  if (isIP(plain) !== 6) return false;
  const carried = carriedIpv4(plain);
  if (carried !== null) return isPublicAddress(carried);
  return GLOBAL_IPV6.check(plain, "ipv6") && !INNER_IPV6.check(plain, "ipv6");
}

/**
 * What the address alone tells: http or https, a web port, no user in it, and neither an inner IP address in whatever
 * spelling nor an inner network's name. Throws `RefusedAddress`. Asks nobody.
 */
export function parsePublicHttpUrl(address: string, options: AddressGuardOptions = {}): URL {
  const { ports = WEB_PORTS, mayReach = isPublicAddress } = options;
  if (!URL.canParse(address)) throw new RefusedAddress("This is not an address such as https://example.com/path.");
  const url = new URL(address);
  const { protocol, username, password, port, hostname } = url;
  if (protocol !== "https:" && protocol !== "http:") throw new RefusedAddress("The address must begin with https://.");
  if (username || password) throw new RefusedAddress("The address must not contain a user name or a password.");
  if (port && !ports.includes(Number(port))) throw new RefusedAddress(`Port ${port} is not one of the web's.`);
  const name = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const host = name === "localhost" ? "127.0.0.1" : name; // what RFC 6761 makes of it
  if (isIP(host) ? !mayReach(host) : !host.includes(".") || INNER_NAMES.test(host)) throw leadsInside(hostname);
  return url;
}

/**
 * The same, and where its name leads now: for the moment in which an address is saved. Where it leads later is for
 * `createGuardedFetch` to see. Throws `RefusedAddress`, also for a name that nobody knows.
 */
export async function assertPublicHttpUrl(address: string, options: AddressGuardOptions = {}): Promise<URL> {
  const url = parsePublicHttpUrl(address, options);
  if (isIP(url.hostname.replace(/^\[|\]$/g, "")) === 0) await publicAddressesOf(url.hostname, options);
  return url;
}

/** A `lookup` for node's sockets: what is connected to is what was looked at, so a second answer of the DNS changes nothing. */
export function createGuardedLookup(options: AddressGuardOptions = {}): LookupFunction {
  return (hostname, { all }, done) => {
    publicAddressesOf(hostname, options).then(
      ([first, ...more]) => (all ? done(null, [first, ...more]) : done(null, first.address, first.family)),
      (error) => done(error, ""),
    );
  };
}

type Addresses = [ResolvedAddress, ...ResolvedAddress[]];

/** One inner address among several is enough to refuse: the socket would choose for itself. */
async function publicAddressesOf(hostname: string, options: AddressGuardOptions) {
  const { resolve = resolveBySystem, mayReach = isPublicAddress } = options;
  const [first, ...more] = await resolve(hostname).catch(() => []);
  if (!first) throw new RefusedAddress(`No computer answers to the name ${hostname}.`);
  const addresses: Addresses = [first, ...more];
  if (!addresses.every(({ address }) => mayReach(address))) throw leadsInside(hostname);
  return addresses;
}

function resolveBySystem(hostname: string): Promise<readonly ResolvedAddress[]> {
  return lookup(hostname, { all: true });
}

function leadsInside(hostname: string): RefusedAddress {
  return new RefusedAddress(`${hostname} leads into a private network, which is not called.`);
}

function carriedIpv4(address: string): string | null {
  const groups = groupsOf(address);
  if (!CARRIES_IPV4.some((prefix) => prefix.every((group, index) => groups[index] === group))) return null;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join(".");
}

/** The eight groups of an IPv6 address in any spelling. */
function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const [before, after] = [head, tail ?? ""].map((part) => (part === "" ? [] : part.split(":")));
  const known = [...(before ?? []), ...(after ?? [])].length;
  const zeros = Array.from({ length: 8 - known }, () => "0");
  return [...(before ?? []), ...zeros, ...(after ?? [])].map((group) => Number.parseInt(group, 16));
}

function blockList(family: "ipv4" | "ipv6", subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", bits = ""] = subnet.split("/");
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}
