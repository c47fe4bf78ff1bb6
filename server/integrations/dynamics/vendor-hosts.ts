import { CLOUDS } from "./clouds.ts";

export function isEnvironmentAddress(address: string): boolean {
  return isPlainHttps(address) && CLOUDS.some(({ environments }) => environments.test(new URL(address).hostname));
}

export function isLoginAddress(address: string): boolean {
  return isPlainHttps(address) && CLOUDS.some(({ login }) => login === new URL(address).hostname);
}

function isPlainHttps(address: string): boolean {
  const { protocol, port, username, password } = new URL(address);
  return protocol === "https:" && port === "" && username === "" && password === "";
}
