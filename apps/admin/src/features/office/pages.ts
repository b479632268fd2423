import type { RouteRecordRaw } from 'vue-router'

export const officePages: RouteRecordRaw[] = [
  { path: '/orders', name: 'orders', component: () => import('./OrderListPage.vue'), meta: { title: 'nav.orders' } },
  {
    path: '/orders/:id/sheet',
    name: 'order-sheet',
    component: () => import('./OrderSheetPage.vue'),
    props: true,
    meta: { title: 'workOrders.sheet.title', bare: true },
  },
  {
    path: '/work',
    name: 'work',
    component: () => import('./PhoneOrdersPage.vue'),
    meta: { title: 'workOrders.phone.title', bare: true },
  },
  {
    path: '/work/:id',
    name: 'work-on',
    component: () => import('./PhoneOrderPage.vue'),
    props: true,
    meta: { title: 'workOrders.phone.title', bare: true },
  },
]
