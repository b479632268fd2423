import type { RouteRecordRaw } from 'vue-router'

export const officePages: RouteRecordRaw[] = [
  { path: '/orders', name: 'orders', component: () => import('./OrderListPage.vue'), meta: { title: 'nav.orders' } },
]
