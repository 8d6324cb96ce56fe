import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatConfigIssue } from '../../src/config/issue.ts';
import { type LoadConfigOptions, type LoadedConfig, loadConfig } from '../../src/config/load-config.ts';
import { modelPlugin, modelSources } from './model.ts';

/** A folder of its own with some files; it is gone after {@link ConfigFolder.remove}. */
export class ConfigFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'ridgeline-config-'));

  write(files: Readonly<Record<string, string>>): this {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), text);
    }
    return this;
  }

  /** The config of the folder; fails the test with all issues if something is wrong. */
  async load(options: Partial<LoadConfigOptions> = {}): Promise<LoadedConfig> {
    const outcome = await loadConfig({
      directory: this.path,
      plugins: [modelPlugin],
      sources: modelSources,
      ...options,
    });
    if (!outcome.ok) throw new Error(outcome.issues.map(formatConfigIssue).join('\n'));
    return outcome.config;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
