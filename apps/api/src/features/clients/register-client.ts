import type { newClient } from '@tongxin/contract'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { apiClients } from '../../db/schema/clients.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { recordAudit, registerPerson } from '../people/index.ts'

export interface Registration extends z.infer<typeof newClient> {
  by: string
  at: Date
}

/** Asked for: nothing is opened until another approves and a key is issued. */
export async function registerClient(tx: Tx, cipher: Cipher, registration: Registration) {
  const { by, at, expiresAt, reason, name, ...columns } = registration
  const stand = await registerPerson(tx, cipher, { name, regionCode: null, at })
  const [client] = await tx
    .insert(apiClients)
    .values({
      ...columns,
      id: newId(at),
      personId: stand.id,
      name,
      scopes: [...new Set(columns.scopes)],
      expiresAt: new Date(expiresAt),
      requestedBy: by,
      requestedAt: at,
      reason,
    })
    .returning()
  await recordAudit(tx, {
    at,
    personId: by,
    action: 'request_client',
    subjectType: 'client',
    subjectId: client!.id,
    purpose: reason,
    regionCode: client!.regionCode,
    details: { name, scopes: client!.scopes, expiresAt },
  })
  return client!
}
