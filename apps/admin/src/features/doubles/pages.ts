import type { RouteRecordRaw } from 'vue-router'

export const doublesPages: RouteRecordRaw[] = [
  {
    path: '/people/doubles',
    name: 'doubles',
    component: () => import('./DoublesPage.vue'),
    meta: { title: 'doubles.title' },
  },
  {
    path: '/people/:id/compared-with/:otherId',
    name: 'compared',
    component: () => import('./ComparePage.vue'),
    props: true,
    meta: { title: 'doubles.compare' },
  },
]
