import type { RouteRecordRaw } from 'vue-router'

export const regionPages: RouteRecordRaw[] = [
  {
    path: '/settings/regions',
    name: 'regions',
    component: () => import('./RegionsPage.vue'),
    meta: { title: 'regions.title' },
  },
  {
    path: '/settings/regions/:code',
    name: 'region',
    component: () => import('./RegionPage.vue'),
    props: true,
    meta: { title: 'regions.title' },
  },
]
