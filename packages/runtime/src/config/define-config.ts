import type { Config } from './config.ts';

/**
 * Gives a config its type, so that an editor knows its keys. Nothing is checked before the file is loaded.
 *
 * @example
 * export default defineConfig({
 *   sources: { procfs: { every: '2s' } },
 *   views: { containers: { filters: ['not system'] } },
 * });
 */
export function defineConfig(config: Config): Config {
  return config;
}
