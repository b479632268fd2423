import type { RouteRecordRaw } from 'vue-router'

export const accountPages: RouteRecordRaw[] = [
  {
    path: '/settings/accounts',
    name: 'accounts',
    component: () => import('./AccountsPage.vue'),
    meta: { title: 'accounts.title' },
  },
  {
    path: '/account',
    name: 'own-account',
    component: () => import('./OwnAccountPage.vue'),
    meta: { title: 'ownAccount.title' },
  },
]
