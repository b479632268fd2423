import { createClient } from '@tongxin/client'
import { shallowRef } from 'vue'

/** Grows when a session ends that cannot be renewed. */
export const sessionEnded = shallowRef(0)

/** The one client of this page; the access token lives in memory only. */
export const api = createClient({
  onUnauthenticated: () => {
    sessionEnded.value += 1
  },
})
