import { createRouter, createWebHistory, type RouteLocationNormalized, START_LOCATION } from 'vue-router'
import { accountPages } from './features/accounts/pages.ts'
import { auditPages } from './features/audit/pages.ts'
import { categoryPages } from './features/categories/pages.ts'
import { clientPages } from './features/clients/pages.ts'
import { cobuildingPages } from './features/cobuilding/pages.ts'
import { presidesOver } from './features/council/index.ts'
import { councilPages } from './features/council/pages.ts'
import { doublesPages } from './features/doubles/pages.ts'
import { dutyPages } from './features/duty/pages.ts'
import { grantPages } from './features/grants/pages.ts'
import { householdPages } from './features/households/pages.ts'
import { importPages } from './features/imports/pages.ts'
import { inboxPages } from './features/inbox/pages.ts'
import { intakePages } from './features/intake/pages.ts'
import { issuePages } from './features/issues/pages.ts'
import { judgingPages } from './features/judging/pages.ts'
import { officePages } from './features/office/pages.ts'
import { opinionPages } from './features/opinions/pages.ts'
import { ownersPages } from './features/owners/pages.ts'
import { peoplePages } from './features/people/pages.ts'
import { phrasePages } from './features/phrases/pages.ts'
import { policyPages } from './features/policies/pages.ts'
import { regionPages } from './features/regions/pages.ts'
import { reportPages } from './features/reports/pages.ts'
import { restingPages } from './features/resting/pages.ts'
import { keptSelf, useSession } from './features/sessions/index.ts'
import { sessionPages } from './features/sessions/pages.ts'
import { sittingPages } from './features/sittings/pages.ts'
import { statisticsPages } from './features/statistics/pages.ts'
import { streetPages } from './features/street/pages.ts'
import { taskForcePages } from './features/task-forces/pages.ts'
import { unitPages } from './features/units/pages.ts'
import { workbenchPages } from './features/workbench/pages.ts'
import { sayMissing } from './loading/missing.ts'

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
    ...phrasePages,
    ...categoryPages,
    ...regionPages,
    ...auditPages,
    ...importPages,
    ...peoplePages,
    ...doublesPages,
    ...householdPages,
    ...grantPages,
    ...accountPages,
    ...clientPages,
    {
      path: '/settings',
      name: 'settings',
      component: () => import('./shell/SettingsPage.vue'),
      meta: { title: 'settings.title' },
    },
    {
      path: '/help',
      name: 'help',
      component: () => import('./help/HelpPage.vue'),
      meta: { title: 'helpMark.page' },
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

const RELOADED = 'tongxin.reloaded'
const NOT_AGAIN_MS = 60_000
/** Whoever keeps the parts of an old version would bring its pages again: it goes once the server has a newer one. */
async function leaveOldVersion(): Promise<void> {
  const kept = await navigator.serviceWorker?.getRegistration('/admin/')
  if (!kept) return
  await kept.update()
  if (kept.installing || kept.waiting) await kept.unregister()
}
/** Of somebody who went where the page's script does not come: nothing of it can be shown. */
let goneBy = () => {}
router.afterEach(() => goneBy())
// A page opened before an update asks for parts that are no more: whoever goes to another page is brought there anew, once.
router.onError(async (error, to) => {
  const last = Number(sessionStorage.getItem(RELOADED))
  // Said by the browser of a script, by Vite of a page's styles, which are asked for first.
  if (!(error instanceof Error && /import|preload CSS/i.test(error.message))) return
  const { href } = router.resolve(to)
  // Without a server nothing newer would come.
  const isWorthReloading =
    navigator.onLine &&
    Date.now() - last >= NOT_AGAIN_MS &&
    (await leaveOldVersion().then(
      () => true,
      () => false,
    ))
  if (!isWorthReloading) {
    goneBy()
    goneBy = sayMissing(href)
    return
  }
  sessionStorage.setItem(RELOADED, String(Date.now()))
  location.assign(href)
})

/** What makes up a page. Whatever is wrong with it is said when it is gone to. */
function fetchPage({ matched }: RouteLocationNormalized): void {
  for (const { components } of matched) {
    const page = components?.default
    if (typeof page === 'function') void (page as () => Promise<unknown>)().catch(() => undefined)
  }
}

/** Of somebody whom the server could not be asked about. */
let unrestored: (() => void) | undefined
router.beforeEach(async (to, from) => {
  const session = useSession()
  // Where somebody was at work the page comes while the server is still asked who they are.
  if (from === START_LOCATION && keptSelf()) fetchPage(to)
  // Without an answer from the server the sign-in page is still the right place. Loaded anew, who was signed in is back where they were.
  await session.restore().catch(() => {
    unrestored ??= sayMissing(router.resolve(to).href)
  })
  if (session.me) unrestored?.()
  if (to.meta.open) return session.isStaff && to.name === 'sign-in' ? { path: '/' } : true
  if (!session.me) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (!session.isStaff && to.name !== 'staff-only')
    return (to.meta.presider === true && (await presidesOver(String(to.params.id)))) || { name: 'staff-only' }
  if (session.isStaff && to.name === 'staff-only') return { path: '/' }
  if (to.name === 'workbench' && !session.hasWorkbench) return { path: '/issues' }
  return true
})
