const SUFFIXES = [
  'amazonaws.com',
  'googleapis.com',
  'weave.works',
  'core.windows.net',
  'servicebus.windows.net',
  'azure-api.net',
  'onmicrosoft.com',
  'cloudapp.azure.com',
  'database.windows.net',
  'documents.azure.com',
];

const KNOWN = new RegExp(`^.+\\.(?:${SUFFIXES.map((suffix) => suffix.replaceAll('.', '\\.')).join('|')})$`);

/** Machines that a customer rents are no service of the provider. */
const RENTED = /^ec2.*\.amazonaws\.com$/;

/** Whether a DNS name is one of a cloud service that a map should show by its name. */
export function isKnownService(name: string): boolean {
  return KNOWN.test(name) && !RENTED.test(name);
}
