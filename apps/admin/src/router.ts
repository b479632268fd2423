import { createRouter, createWebHistory } from 'vue-router'
import { auditPages } from './features/audit/index.ts'
import { categoryPages } from './features/categories/index.ts'
import { cobuildingPages } from './features/cobuilding/index.ts'
import { councilPages, presidesOver } from './features/council/index.ts'
import { dutyPages } from './features/duty/index.ts'
import { grantPages } from './features/grants/index.ts'
import { householdPages } from './features/households/index.ts'
import { importPages } from './features/imports/index.ts'
import { inboxPages } from './features/inbox/index.ts'
import { intakePages } from './features/intake/index.ts'
import { issuePages } from './features/issues/index.ts'
import { judgingPages } from './features/judging/index.ts'
import { officePages } from './features/office/index.ts'
import { opinionPages } from './features/opinions/index.ts'
import { ownersPages } from './features/owners/index.ts'
import { peoplePages } from './features/people/index.ts'
import { policyPages } from './features/policies/index.ts'
import { regionPages } from './features/regions/index.ts'
import { reportPages } from './features/reports/index.ts'
import { restingPages } from './features/resting/index.ts'
import { sessionPages, useSession } from './features/sessions/index.ts'
import { sittingPages } from './features/sittings/index.ts'
import { statisticsPages } from './features/statistics/index.ts'
import { streetPages } from './features/street/index.ts'
import { taskForcePages } from './features/task-forces/index.ts'
import { unitPages } from './features/units/index.ts'
import { workbenchPages } from './features/workbench/index.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title in the locale files. */
    title?: string
    /** Shown without the shell. */
    bare?: boolean
    /** Needs no session. */
    open?: boolean
    /** Of one meeting, and open to whoever presides over it. */
    presider?: boolean
  }
}

export const router = createRouter({
  history: createWebHistory('/admin/'),
  routes: [
    ...sessionPages,
    ...workbenchPages,
    ...issuePages,
    ...intakePages,
    ...inboxPages,
    ...councilPages,
    ...officePages,
    ...judgingPages,
    ...opinionPages,
    ...ownersPages,
    ...reportPages,
    ...restingPages,
    ...statisticsPages,
    ...streetPages,
    ...taskForcePages,
    ...sittingPages,
    ...unitPages,
    ...dutyPages,
    ...cobuildingPages,
    ...policyPages,
    ...categoryPages,
    ...regionPages,
    ...auditPages,
    ...importPages,
    ...peoplePages,
    ...householdPages,
    ...grantPages,
    {
      path: '/settings',
      name: 'settings',
      component: () => import('./shell/SettingsPage.vue'),
      meta: { title: 'settings.title' },
    },
    {
      path: '/:rest(.*)*',
      name: 'lost',
      component: () => import('./shell/LostPage.vue'),
      meta: { title: 'app.lost' },
    },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
})

router.beforeEach(async (to) => {
  const session = useSession()
  // Without an answer from the server the sign-in page is still the right place: it says so when used.
  await session.restore().catch(() => undefined)
  if (to.meta.open) return session.isStaff && to.name === 'sign-in' ? { path: '/' } : true
  if (!session.me) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (!session.isStaff && to.name !== 'staff-only')
    return (to.meta.presider === true && (await presidesOver(String(to.params.id)))) || { name: 'staff-only' }
  if (session.isStaff && to.name === 'staff-only') return { path: '/' }
  // Of an office without matters of its own.
  if (to.name === 'workbench' && !session.may('workbench.read')) return { path: '/issues' }
  return true
})
