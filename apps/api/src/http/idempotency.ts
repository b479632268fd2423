import { hash } from 'node:crypto'
import type { Tx } from '../db/connect.ts'
import { prepared, preparedOne } from '../db/prepared.ts'
import { AppError } from './errors.ts'

export interface StoredAnswer {
  status: number
  headers: Record<string, string>
  body: string | null
}

const CLAIM = `insert into idempotency_keys (scope, key, request_hash, created_at) values ($1, $2, $3, $4)
  on conflict do nothing returning 1 as claimed`
const STORED = 'select request_hash, status, headers, body from idempotency_keys where scope = $1 and key = $2'
const STORE = 'update idempotency_keys set status = $3, headers = $4, body = $5 where scope = $1 and key = $2'

const KEY = /^[\x21-\x7e]{1,255}$/

export function readIdempotencyKey(header: string | string[] | undefined): string {
  if (header === undefined || header === '') throw new AppError('idempotency_key_required')
  if (typeof header !== 'string' || !KEY.test(header)) {
    throw new AppError('idempotency_key_required', { detail: 'Idempotency-Key 须为 1 至 255 个可见 ASCII 字符' })
  }
  return header
}

export const requestHash = (method: string, url: string, body: string | Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${method} ${url}\n`), Buffer.from(body)]), 'buffer')

/**
 * Claims the key inside the caller's transaction: null when this request is the first, else the stored answer. A
 * duplicate that arrives meanwhile waits on the key's unique index until the first one commits or rolls back.
 */
export async function claimKey(
  tx: Tx,
  claim: { scope: string; key: string; requestHash: Buffer; now: Date },
): Promise<StoredAnswer | null> {
  const values = [claim.scope, claim.key, claim.requestHash, claim.now.toISOString()]
  if ((await prepared(tx, 'idempotency_claim', CLAIM, values)).length > 0) return null
  const stored = await preparedOne<StoredAnswer & { request_hash: Buffer }>(tx, 'idempotency_stored', STORED, [
    claim.scope,
    claim.key,
  ])
  // The keeper of the key was purged between the two statements: a day has passed, the caller may try again.
  if (!stored) throw new AppError('request_in_progress', { retryAfter: 1 })
  if (!stored.request_hash.equals(claim.requestHash)) throw new AppError('idempotency_key_reused')
  return stored
}

export async function storeAnswer(tx: Tx, scope: string, key: string, stored: StoredAnswer): Promise<void> {
  await prepared(tx, 'idempotency_store', STORE, [
    scope,
    key,
    stored.status,
    JSON.stringify(stored.headers),
    stored.body,
  ])
}
