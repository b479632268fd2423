import type { RouteRecordRaw } from 'vue-router'

export const grantPages: RouteRecordRaw[] = [
  {
    path: '/settings/grants',
    name: 'grants',
    component: () => import('./GrantsPage.vue'),
    meta: { title: 'grants.title' },
  },
]
