/** Environment addresses of the commercial, US government and China clouds. (Power Platform, Online URLs and IP ranges.) */
const ENVIRONMENT_HOSTS = [
  /^[a-z0-9-]+(\.api)?\.crm\d*\.dynamics\.com$/,
  /^[a-z0-9-]+(\.api)?\.crm\.microsoftdynamics\.us$/,
  /^[a-z0-9-]+(\.api)?\.crm\.appsplatform\.us$/,
  /^[a-z0-9-]+(\.api)?\.crm\.dynamics\.cn$/,
];

const LOGIN_HOSTS = ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"];

export function isEnvironmentAddress(address: string): boolean {
  return isPlainHttps(address) && ENVIRONMENT_HOSTS.some((host) => host.test(new URL(address).hostname));
}

export function isLoginAddress(address: string): boolean {
  return isPlainHttps(address) && LOGIN_HOSTS.includes(new URL(address).hostname);
}

function isPlainHttps(address: string): boolean {
  const { protocol, port, username, password } = new URL(address);
  return protocol === "https:" && port === "" && username === "" && password === "";
}
