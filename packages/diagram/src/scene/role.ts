import type { NodeSummary } from '@ridgeline/core/wire';
import type { GlyphName } from './scene.ts';

/** What words in a node's name say of its work; the first that fits. Names are split at what is no letter. */
const ROLES: readonly (readonly [GlyphName, RegExp])[] = [
  [
    'db',
    /(^|[^a-z])(\w*db|\w*sql\w*|postgres\w*|psql|mongo\w*|cassandra|clickhouse\w*|oracle|etcd|influx\w*|scylla|cockroach)([^a-z]|$)/,
  ],
  [
    'cache',
    /(^|[^a-z])(redis\w*|valkey\w*|memcache\w*|varnish\w*|\w*cache|hazelcast|(feature|session)-store)([^a-z]|$)/,
  ],
  [
    'queue',
    /(^|[^a-z])(kafka|rabbitmq|beam|nats\w*|activemq|pulsar|zookeeper|\w*queue|mosquitto|notifier)([^a-z]|$)/,
  ],
  ['search', /(^|[^a-z])(\w*search|elastic\w*|solr|lucene|kibana)([^a-z]|$)/],
  [
    'gate',
    /(^|[^a-z])(ingress|gateway|haproxy|traefik|envoy|\w*proxy|edge-router|loadbalancer|lb|istio\w*|kong)([^a-z]|$)/,
  ],
  ['key', /(^|[^a-z])(vault|auth\w*|keycloak|oauth\w*|identity|sshd?|ldap|slapd|secrets?|dex)([^a-z]|$)/],
  [
    'ml',
    /(^|[^a-z])(model\w*|recommend\w*|analytics|metrics\w*|prometheus|grafana|tensorflow|jupyter\w*|\w*exporter)([^a-z]|$)/,
  ],
  [
    'web',
    /(^|[^a-z])(nginx|httpd|apache\d?|caddy|web\w*|\w*frontend|\w*ui|bff|console|chrom\w*|firefox|curl|dashboard)([^a-z]|$)/,
  ],
  [
    'gear',
    /(^|[^a-z])(worker\w*|cron\w*|batch|systemd\w*|init|kubelet|dockerd|containerd\w*|runc|job|operator|controller|agent|coredns)([^a-z]|$)/,
  ],
];

/**
 * The sign of a node: of its work where its name, or its rank (image, program), tells it.
 *
 * @param names - without what was made up at their ends, see `stemOf`
 */
export function glyphOf(
  { shape, pseudo }: Pick<NodeSummary, 'shape' | 'pseudo'>,
  names: { readonly label: string; readonly rank: string },
): GlyphName {
  if (shape === 'cloud') return 'none';
  if (pseudo === true) return 'dots';
  // What comes before the last `/` is a namespace or a registry, and says where, not what.
  return roleOf(names.label) ?? roleOf(names.rank.slice(names.rank.lastIndexOf('/') + 1)) ?? 'cube';
}

function roleOf(name: string): GlyphName | undefined {
  // Names come from outside, and may be long; what the role is called stands near the start.
  const text = name.slice(0, 200).toLowerCase();
  return ROLES.find(([, words]) => words.test(text))?.[0];
}
