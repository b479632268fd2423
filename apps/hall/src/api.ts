import { createClient } from '@tongxin/client'
import { keepingTime } from '@tongxin/web'
import { shallowRef } from 'vue'

/** Grows when a session ends that cannot be renewed. */
export const sessionEnded = shallowRef(0)

/** The one client of this page; the access token lives in memory only. */
export const api = createClient({
  fetch: keepingTime(fetch),
  onUnauthenticated: () => {
    sessionEnded.value += 1
  },
})
