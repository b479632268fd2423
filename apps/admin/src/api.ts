import { createClient } from '@tongxin/client'
import { keepingTime } from '@tongxin/web'
import { shallowRef } from 'vue'
import { watchedFetch } from './offline/connection.ts'

/** Grows when a session ends that cannot be renewed; the shell then shows the sign-in page. */
export const sessionEnded = shallowRef(0)

/** The one client of this page; the access token lives in memory only. */
export const api = createClient({
  fetch: keepingTime(watchedFetch),
  onUnauthenticated: () => {
    sessionEnded.value += 1
  },
})
