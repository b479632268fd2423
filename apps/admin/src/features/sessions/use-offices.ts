import type { Permission } from '@tongxin/contract'
import { PERMISSIONS } from '@tongxin/contract/words'
import { computed } from 'vue'
import { useSession } from './session-store.ts'

/** Where the person's offices let them do this: the codes of the regions, and the widest of them. */
export function useOffices(permission: () => Permission) {
  const session = useSession()
  const offices = computed(() =>
    session.staffGrants
      .filter(({ role }) => PERMISSIONS[permission()].roles.includes(role as never))
      .map(({ regionCode }) => regionCode)
      .toSorted((a, b) => a.length - b.length),
  )
  /** Above a community the widest there is, else the community that is chosen; '' where there is none. */
  const widest = computed(() => {
    const [first] = offices.value
    return first !== undefined && first.length < 12 ? first : (session.community ?? '')
  })
  return { offices, widest }
}
