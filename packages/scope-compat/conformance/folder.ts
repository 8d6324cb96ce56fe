import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Json, type JsonMap, listOf, mapOf, textOf } from './json.ts';

/** A file of expectations as the manifest names it. */
export interface ManifestEntry {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly input: string | undefined;
  readonly fixed: string | undefined;
}

/** A folder of conformance data: a manifest and what it names. */
export class ConformanceFolder {
  readonly path: string;
  readonly entries: readonly ManifestEntry[];
  /** The file read last: the cases of one input follow each other. */
  #last: { readonly file: string; readonly value: Json } | undefined;

  /** @throws when there is no manifest, or it is no JSON */
  constructor(path: string) {
    this.path = path;
    this.entries = listOf(mapOf(this.read('manifest.json')).cases).map((item) => {
      const entry = mapOf(item);
      return {
        kind: textOf(entry.kind),
        name: textOf(entry.name),
        file: textOf(entry.file),
        input: textOf(entry.input) || undefined,
        fixed: textOf(entry.fixed) || undefined,
      };
    });
  }

  /** A JSON file, gzipped or not. */
  read(file: string): Json {
    if (this.#last?.file === file) return this.#last.value;
    const value = JSON.parse(this.bytes(file).toString('utf8')) as Json;
    if (file.startsWith('inputs/')) this.#last = { file, value };
    return value;
  }

  /** The bytes of a file, unzipped when its name says that it is zipped. */
  bytes(file: string): Buffer {
    const bytes = readFileSync(join(this.path, file));
    return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  }

  /** The bytes of a file as they are. */
  raw(file: string): Buffer {
    return readFileSync(join(this.path, file));
  }

  /** The reports of an input, in order of arrival. */
  reports(file: string): readonly JsonMap[] {
    return listOf(mapOf(this.read(file)).reports).map(mapOf);
  }
}
