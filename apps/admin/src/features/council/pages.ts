import type { RouteRecordRaw } from 'vue-router'

export const councilPages: RouteRecordRaw[] = [
  {
    path: '/meetings',
    name: 'meetings',
    component: () => import('./MeetingListPage.vue'),
    meta: { title: 'nav.meetings' },
  },
  {
    path: '/council-members',
    name: 'council-members',
    component: () => import('./MembersPage.vue'),
    meta: { title: 'council.members' },
  },
  {
    path: '/meetings/:id',
    name: 'meeting',
    component: () => import('./MeetingPage.vue'),
    props: true,
    meta: { title: 'meeting.title', presider: true },
  },
  {
    path: '/meetings/:id/screen',
    name: 'meeting-screen',
    component: () => import('./ScreenPage.vue'),
    props: true,
    meta: { title: 'meeting.screen', bare: true, presider: true },
  },
  {
    path: '/meetings/:id/minutes',
    name: 'minutes',
    component: () => import('./MinutesPage.vue'),
    props: true,
    meta: { title: 'minutes.title' },
  },
]
