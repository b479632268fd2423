import type { RouteRecordRaw } from 'vue-router'

export const cobuildingPages: RouteRecordRaw[] = [
  {
    path: '/cobuilding',
    name: 'cobuilding',
    component: () => import('./CobuildingPage.vue'),
    meta: { title: 'cobuilding.title' },
  },
]
