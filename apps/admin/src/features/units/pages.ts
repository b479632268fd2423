import type { RouteRecordRaw } from 'vue-router'

export const unitPages: RouteRecordRaw[] = [
  { path: '/units', name: 'units', component: () => import('./UnitListPage.vue'), meta: { title: 'units.nav' } },
  {
    path: '/units/:id',
    name: 'unit',
    component: () => import('./UnitPage.vue'),
    props: true,
    meta: { title: 'units.nav' },
  },
]
