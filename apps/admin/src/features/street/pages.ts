import type { RouteRecordRaw } from 'vue-router'

export const streetPages: RouteRecordRaw[] = [
  {
    path: '/street/:list(whistles|supervisions)?',
    name: 'street',
    component: () => import('./StreetPage.vue'),
    props: true,
    meta: { title: 'street.title' },
  },
]
