import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '../features/sessions/index.ts'
import { presided, SETTINGS, type Section, WORK, type WorkSection } from './sections.ts'

/** What this person may open: the work by stages and the settings, or the one meeting they are here for. */
export function useSections() {
  const session = useSession()
  const route = useRoute()
  const isOpen = ({ to, needs }: Section) =>
    session.isStaff && (needs === undefined || session.may(needs)) && (to !== '/' || session.hasWorkbench)
  const work = computed<readonly WorkSection[]>(() => WORK.filter(isOpen))
  const settings = computed(() => SETTINGS.filter(isOpen))
  const sections = computed<readonly Section[]>(() =>
    session.isStaff ? [...work.value, ...settings.value] : [presided(String(route.params.id))],
  )
  return { work, settings, sections }
}
