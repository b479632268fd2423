import { routes } from '@tongxin/client'
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { api } from '../../api.ts'

/** How many reminders are unread, as the news and one's own reading say. */
export const useInbox = defineStore('inbox', () => {
  const unread = ref(0)
  /** These, or all up to a moment. */
  const read = async (which: { ids: string[] } | { until: string }) => {
    const answer = await api.call(routes.inbox.readInbox, { body: which })
    unread.value = answer.unread
  }
  return { unread, read }
})
