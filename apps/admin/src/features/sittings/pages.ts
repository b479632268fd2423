import type { RouteRecordRaw } from 'vue-router'

export const sittingPages: RouteRecordRaw[] = [
  {
    path: '/sittings',
    name: 'sittings',
    component: () => import('./SittingListPage.vue'),
    meta: { title: 'sittings.nav' },
  },
  {
    path: '/sittings/:id',
    name: 'sitting',
    component: () => import('./SittingPage.vue'),
    props: true,
    meta: { title: 'sittings.nav' },
  },
]
