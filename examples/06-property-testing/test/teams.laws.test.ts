import { rendererLaws } from '@ridgeline/testkit';
import { describe, it } from 'vitest';
import { teams } from '../src/teams.ts';
import { reports } from './reports.ts';

describe('teams', () => {
  rendererLaws(teams, { test: it, reports });
});
