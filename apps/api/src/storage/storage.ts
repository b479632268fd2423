import type { Readable } from 'node:stream'

export interface StoredFile {
  /** SHA-256 of the content, 64 lowercase hex digits: its only name */
  hash: string
  bytes: number
}

/**
 * Files by their content: what is stored never changes, and the same content is stored once. A folder by default;
 * an S3-compatible store fits behind the same four calls.
 */
export interface Storage {
  /** Durable when it resolves. Storing what is there already only says so. Rejects when the source fails. */
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredFile>
  /** Null when there is none. The content is not checked against its name here; `npm run verify` does that. */
  open(hash: string): Promise<{ stream: Readable; bytes: number } | null>
  has(hash: string): Promise<boolean>
  /** No error when there is none. */
  delete(hash: string): Promise<void>
}
