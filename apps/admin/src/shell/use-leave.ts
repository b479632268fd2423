import { useRouter } from 'vue-router'
import { useSession } from '../features/sessions/index.ts'

/** Signs out and shows the sign-in page, also where the server cannot be told. */
export function useLeave() {
  const session = useSession()
  const router = useRouter()
  return async () => {
    await session.signOut().catch(() => undefined)
    await router.replace({ name: 'sign-in' })
  }
}
