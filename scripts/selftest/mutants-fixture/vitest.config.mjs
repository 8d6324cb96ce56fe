import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { mutantPlugin } from '../../mutants/vitest-plugin.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig(async () => ({
  plugins: await mutantPlugin({ root: here, tables: here }),
  test: { include: ['*.laws.test.mjs'] },
}));
