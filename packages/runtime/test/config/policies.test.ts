import { afterAll, describe, expect, it } from 'vitest';
import { viewingPlugins } from '../../src/builtin-plugins.ts';
import { printConfigJson } from '../../src/config/print-config.ts';
import { ConfigFolder } from './config-folder.ts';

const folder = new ConfigFolder();
afterAll(() => folder.remove());

describe('policies of a config', () => {
  it('are those of their roles; a role without one has none', async () => {
    folder.write({
      'base.yaml': 'policies: { outsiders: { hide: { hosts: [other] } } }',
      'ridgeline.config.yaml': `
extends: ./base.yaml
filters: { secret: label.tier = secret }
policies:
  outsiders:
    hide:
      namespaces: [pay]
      where: [secret, { where: name = sshd, of: [process, container] }]
    redact: { arguments: true, environment: true, keys: [docker_label_x] }
roles: { viewer: outsiders }
`,
    });

    const config = await folder.load({ plugins: viewingPlugins() });

    expect(Object.keys(config.roles)).toEqual(['viewer']);
    expect(config.roles.viewer).toBe(config.policies.get('outsiders')?.compiled);
    const { hide, redact } = config.roles.viewer?.policy ?? { hide: [], redact: [] };
    // The base's policy of that name is replaced as a whole.
    expect(hide.map(({ topology }) => topology)).not.toContain('host');
    expect(hide.map(({ topology }) => topology)).toEqual(
      expect.arrayContaining(['pod', 'namespace', undefined, 'process', 'container']),
    );
    expect(redact.map(({ key, how }) => `${key} ${how}`)).toEqual([
      'cmdline first-word',
      'docker_container_command first-word',
      'docker_env_* remove',
      'docker_label_x remove',
    ]);
  });

  it('are printed with their filters in normal form', async () => {
    const config = await folder.load({ plugins: viewingPlugins() });

    expect(printConfigJson(config).config).toMatchObject({
      policies: {
        outsiders: {
          hide: {
            namespaces: ['pay'],
            where: ['label.tier = secret', { where: 'name = sshd', of: ['process', 'container'] }],
          },
          redact: { arguments: true },
        },
      },
      roles: { viewer: 'outsiders' },
    });
  });
});
