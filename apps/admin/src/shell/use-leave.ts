import { useWords } from '@tongxin/web'
import { useRouter } from 'vue-router'
import { useSession } from '../features/sessions/index.ts'
import { underWay, unsent } from '../outbox/unsent.ts'

/** Asks where something of theirs waits to be sent. */
async function isSure(t: (key: string, words?: Record<string, number>) => string): Promise<boolean> {
  const count = unsent.value + underWay.value
  if (count === 0) return true
  // Of a page from before an update that part may be gone: then the browser asks.
  const asking = await import('../appearance/ask-first.ts').catch(() => null)
  if (!asking) return confirm(t('outbox.leave.about'))
  return asking.askFirst({
    title: t('outbox.leave.title', { count }),
    about: t('outbox.leave.about'),
    go: t('outbox.leave.go'),
    stay: t('outbox.leave.stay'),
  })
}

/** Signs out and shows the sign-in page, also where the server cannot be told. `next`: where who signs in again is brought. */
export function useLeave(next?: string) {
  const session = useSession()
  const router = useRouter()
  const { t } = useWords()
  return async () => {
    if (!(await isSure(t))) return
    await session.signOut().catch(() => undefined)
    await router.replace({ name: 'sign-in', query: next === undefined ? {} : { next } })
  }
}
