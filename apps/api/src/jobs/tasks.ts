import type { Deps } from '../deps.ts'
import { deleteUnusedFiles, deleteUnusedPhoto } from '../features/attachments/index.ts'
import { purgeSignIns } from '../features/sessions/index.ts'
import { purgeIdempotencyKeys } from '../http/purge-idempotency-keys.ts'

/** One kind of job. It may run again after a crash, so it must come to the same end when it does. */
export type Task<Payload> = (deps: Deps, payload: Payload) => Promise<void>

/** Every kind of job by name; features add theirs here. */
export const tasks = {
  delete_unused_files: deleteUnusedFiles,
  delete_unused_photo: deleteUnusedPhoto,
  purge_idempotency_keys: purgeIdempotencyKeys,
  purge_sign_ins: purgeSignIns,
} satisfies Record<string, Task<never>>

export type TaskName = keyof typeof tasks
export type TaskPayload<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[1]

/** Minute, hour, day, month, weekday in UTC; see graphile-worker's crontab. */
export const crontab = `
12 * * * * purge_idempotency_keys
27 3 * * * purge_sign_ins
`
