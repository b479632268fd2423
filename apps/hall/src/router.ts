import { createRouter, createWebHistory } from 'vue-router'
import { ballotPages } from './features/ballots/index.ts'
import { cobuildingPages } from './features/cobuilding/index.ts'
import { ownersPages } from './features/owners/index.ts'
import { publicityPages } from './features/publicity/index.ts'
import { reportPages } from './features/report/index.ts'
import { useSession } from './features/sessions/index.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title in the locale files. */
    title?: string
    /** Only for somebody signed in. */
    own?: boolean
    /** Fills a big screen: without the hall's bars. */
    screen?: boolean
  }
}

const matter = () => import('./features/issues/MatterPage.vue')

export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', name: 'home', component: () => import('./features/home/HomePage.vue') },
    {
      path: '/raise',
      name: 'raise',
      component: () => import('./features/issues/RaisePage.vue'),
      meta: { title: 'nav.raise' },
    },
    {
      path: '/mine',
      name: 'mine',
      component: () => import('./features/issues/MinePage.vue'),
      meta: { title: 'nav.mine', own: true },
    },
    ...ballotPages,
    ...ownersPages,
    ...publicityPages,
    ...cobuildingPages,
    ...reportPages,
    { path: '/matters/:id', name: 'matter', component: matter, props: true, meta: { title: 'matter.title' } },
    {
      path: '/matters/:id/opinions',
      name: 'opinions',
      component: () => import('./features/opinions/OpinionsPage.vue'),
      props: true,
      meta: { title: 'opinions.title' },
    },
    {
      path: '/meetings',
      name: 'meetings',
      component: () => import('./features/council/MeetingsPage.vue'),
      meta: { title: 'meetings.title' },
    },
    {
      path: '/meetings/:id',
      name: 'meeting',
      component: () => import('./features/council/MeetingPage.vue'),
      props: true,
      meta: { title: 'meetings.one' },
    },
    { path: '/track/:token', name: 'track', component: matter, props: true, meta: { title: 'matter.title' } },
    {
      path: '/meetings/:id/check-in',
      name: 'check-in',
      component: () => import('./features/check-in/CheckInPage.vue'),
      props: true,
      meta: { title: 'checkIn.title', own: true },
    },
    {
      path: '/meetings/:id/minutes',
      name: 'minutes',
      component: () => import('./features/minutes/MinutesPage.vue'),
      props: true,
      meta: { title: 'minutes.title' },
    },
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('./features/sessions/SignInPage.vue'),
      meta: { title: 'signIn.title' },
    },
    {
      path: '/:rest(.*)*',
      name: 'lost',
      component: () => import('./features/home/LostPage.vue'),
      meta: { title: 'app.lost' },
    },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach(async (to) => {
  const session = useSession()
  // Whoever cannot be reached shows on the page that needs an answer.
  await session.restore().catch(() => undefined)
  if (to.meta.own && !session.me) return { name: 'sign-in', query: { next: to.fullPath } }
  return true
})
