/** What can be wrong with the bytes of an object file, of type information, or of a record. */
export type BpfObjectErrorCode =
  | 'ELF_MALFORMED'
  | 'BTF_MALFORMED'
  | 'RELOCATION_UNRESOLVED'
  | 'PROGRAM_UNKNOWN'
  | 'RECORD_MALFORMED';

/** Bytes that are not what they claim to be. Bytes never make these parsers hang or read outside of what they were given. */
export class BpfObjectError extends Error {
  override readonly name = 'BpfObjectError';
  readonly code: BpfObjectErrorCode;

  constructor(code: BpfObjectErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
