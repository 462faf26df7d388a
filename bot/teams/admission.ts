/** Who may talk to the bot at all, after the token has been checked: the token proves neither tenant nor address. */
import { tenantsOf, type InboundActivity } from './activity.ts';

export interface Admission {
  /** No app id: nothing is checked but that everything stays on this machine. */
  readonly local: boolean;
  readonly tenants: readonly string[];
  readonly serviceHosts: readonly string[];
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);
export const isLoopback = (hostname: string): boolean => loopbackHosts.has(hostname.toLowerCase());

/** Whether we may send anything, a bearer token above all, to this address. */
export function isAllowedServiceUrl(
  serviceUrl: string,
  { local, serviceHosts }: Pick<Admission, 'local' | 'serviceHosts'>,
): boolean {
  const url = URL.parse(serviceUrl);
  if (url === null || url.username !== '' || url.password !== '') return false;
  const loopback = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) return false;
  return local ? loopback : serviceHosts.some((host) => host.toLowerCase() === url.hostname);
}

/** Why the activity is refused, for the log; null when it is welcome. */
export function refusal(activity: InboundActivity, admission: Admission): string | null {
  if (!isAllowedServiceUrl(activity.serviceUrl ?? '', admission)) return 'service-url-not-allowed';
  if (admission.local && admission.tenants.length === 0) return null;
  const allowed = new Set(admission.tenants.map((tenant) => tenant.toLowerCase()));
  const tenants = tenantsOf(activity);
  if (tenants.length === 0 || !tenants.every((tenant) => allowed.has(tenant))) return 'tenant-not-allowed';
  // Other channels let a client name its own Entra object id.
  if (!admission.local && activity.channelId !== 'msteams') return 'channel-not-allowed';
  return null;
}
