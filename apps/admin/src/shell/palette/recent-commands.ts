import type { IssueItem } from '@tongxin/contract'
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { useSession } from '../../features/sessions/index.ts'

interface Recent {
  id: string
  /** Of a matter, what it is shown by. */
  matter?: IssueItem
}

const MOST = 5

/** What this person ran last. Titles may tell of people: kept in memory alone, and dropped when they sign out. */
export const useRecentCommands = defineStore('recent-commands', () => {
  const session = useSession()
  const recent = shallowRef<readonly Recent[]>([])
  const add = (run: Recent) => {
    recent.value = [run, ...recent.value.filter(({ id }) => id !== run.id)].slice(0, MOST)
  }
  watch(
    () => session.me,
    () => {
      recent.value = []
    },
  )
  return { recent, add }
})
