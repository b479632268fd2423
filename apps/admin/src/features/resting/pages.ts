import type { RouteRecordRaw } from 'vue-router'

export const restingPages: RouteRecordRaw[] = [
  {
    path: '/resting/:list(suspended|referred)?',
    name: 'resting',
    component: () => import('./RestingPage.vue'),
    props: true,
    meta: { title: 'resting.nav' },
  },
]
