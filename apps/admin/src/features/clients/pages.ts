import type { RouteRecordRaw } from 'vue-router'

export const clientPages: RouteRecordRaw[] = [
  {
    path: '/settings/clients',
    name: 'clients',
    component: () => import('./ClientsPage.vue'),
    meta: { title: 'clients.title' },
  },
]
