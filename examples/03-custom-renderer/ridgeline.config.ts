import { defineConfig } from '@ridgeline/runtime';
import { teams } from './src/index.ts';

export default defineConfig({ plugins: [teams({ label: 'team' })] });
