import { allows, permissions, type Success, type sessionRoutes } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { maskedPhone, openName, type SealedPerson } from '../people/index.ts'

/** One's own name in full, one's own number masked: a screen may be seen by others. */
export const presentMe = (
  cipher: Cipher,
  person: SealedPerson & { username: string | null },
  actor: Actor,
): Success<typeof sessionRoutes.me> => ({
  personId: person.id,
  name: openName(cipher, person),
  phone: maskedPhone(cipher, person),
  username: person.username,
  level: actor.accountLevel,
  grants: actor.grants.map(({ role, regionCode, unitId }) => ({ role, regionCode, unitId })),
  permissions: permissions.filter((permission) => allows(permission, actor.roles)),
})
