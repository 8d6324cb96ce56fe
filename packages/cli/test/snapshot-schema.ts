import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js';

const path = createRequire(import.meta.url).resolve('@ridgeline/core/schema/snapshot.schema.json');

/** The published schema of a view's JSON, in the validator's strictest mode. */
export const isSnapshot: ValidateFunction = new Ajv.default({
  strict: true,
  strictRequired: false,
  allErrors: true,
  allowUnionTypes: true,
}).compile(JSON.parse(readFileSync(path, 'utf8')) as object);
