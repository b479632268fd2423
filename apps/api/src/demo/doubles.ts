import { registerPerson } from '../features/people/index.ts'
import { COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'

/** Written down from a list before she signed in herself: she stands twice until somebody asks her. */
export const registerTwice = ({ tx, door }: Walk) =>
  registerPerson(tx, door.deps.cipher, { name: '杨淑芬', regionCode: COMMUNITY, at: door.deps.clock.now() })
