import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '../features/sessions/index.ts'
import { presided, type Section, WORK, type WorkSection } from './sections.ts'

/** What this person may open: the work by stages, or the one meeting they are here for. */
export function useSections() {
  const session = useSession()
  const route = useRoute()
  const work = computed<readonly WorkSection[]>(() =>
    session.isStaff ? WORK.filter(({ needs }) => needs === undefined || session.may(needs)) : [],
  )
  const sections = computed<readonly Section[]>(() =>
    session.isStaff ? work.value : [presided(String(route.params.id))],
  )
  return { work, sections }
}
