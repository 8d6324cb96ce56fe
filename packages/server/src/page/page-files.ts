import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How a file's bytes are packed on their way. */
export type Packing = 'br' | 'gzip';

const pack = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** The best quality of brotli takes ten times as long, for one part in twenty. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const packings: Readonly<Record<Packing, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => pack.br(bytes, QUICK),
  gzip: (bytes) => pack.gzip(bytes),
};

/** The best first. */
export const PACKINGS: readonly Packing[] = ['br', 'gzip'];

/** One file of the page, held in memory. */
export interface PageFile {
  /** Where it is asked for: `/assets/index-C3x9.js`; `/` for the page itself. */
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** A fingerprint of the bytes. */
  readonly tag: string;
  /** Its name changes with its content, so that it may be kept for good. */
  readonly isImmutable: boolean;
  /** Packed once, when somebody asks first. */
  packed(packing: Packing): Promise<Buffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Reads a built page. Only what is read here is ever served, each file under one path: no path of a request leads into the
 * file system.
 *
 * @param folder - where `index.html` is
 * @returns `undefined` when no page was built there
 */
export async function readPageFiles(folder: string): Promise<readonly PageFile[] | undefined> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: PageFile[] = [];
  for (const entry of names) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    files.push(pageFile(name === 'index.html' ? '/' : `/${name}`, type, await readFile(path)));
  }
  return files.some((file) => file.path === '/') ? files : undefined;
}

function pageFile(path: string, type: string, bytes: Buffer): PageFile {
  const packed = new Map<Packing, Promise<Buffer>>();
  return {
    path,
    type,
    bytes,
    tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    // The bundler writes hashes into the names of all that is in `assets`.
    isImmutable: path.startsWith('/assets/'),
    packed: (packing) => {
      let bytesOf = packed.get(packing);
      if (bytesOf === undefined) {
        bytesOf = packings[packing](bytes);
        packed.set(packing, bytesOf);
      }
      return bytesOf;
    },
  };
}
