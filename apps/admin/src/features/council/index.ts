import type { RouteRecordRaw } from 'vue-router'

export const councilPages: RouteRecordRaw[] = [
  {
    path: '/meetings',
    name: 'meetings',
    component: () => import('./MeetingListPage.vue'),
    meta: { title: 'nav.meetings' },
  },
  {
    path: '/meetings/:id',
    name: 'meeting',
    component: () => import('./MeetingPage.vue'),
    props: true,
    meta: { title: 'meeting.title' },
  },
  {
    path: '/meetings/:id/screen',
    name: 'meeting-screen',
    component: () => import('./ScreenPage.vue'),
    props: true,
    meta: { title: 'meeting.screen', bare: true },
  },
]
