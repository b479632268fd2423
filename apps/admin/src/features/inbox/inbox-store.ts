import { routes } from '@tongxin/client'
import type { UnreadCount } from '@tongxin/contract'
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { api } from '../../api.ts'

/** How many reminders are unread, as the stream and one's own reading say. */
export const useInbox = defineStore('inbox', () => {
  const unread = ref(0)
  const follow = (signal: AbortSignal) =>
    api.follow(
      routes.inbox.followInbox,
      'inbox',
      (data) => {
        unread.value = (JSON.parse(data) as UnreadCount).unread
      },
      signal,
    )
  /** These, or all up to a moment. */
  const read = async (which: { ids: string[] } | { until: string }) => {
    const answer = await api.call(routes.inbox.readInbox, { body: which })
    unread.value = answer.unread
  }
  return { unread, follow, read }
})
