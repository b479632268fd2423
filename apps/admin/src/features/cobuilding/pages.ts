import type { RouteRecordRaw } from 'vue-router'

export const cobuildingPages: RouteRecordRaw[] = [
  {
    path: '/cobuilding/:list(offer|need|projects)?',
    name: 'cobuilding',
    component: () => import('./CobuildingPage.vue'),
    props: true,
    meta: { title: 'cobuilding.nav' },
  },
]
