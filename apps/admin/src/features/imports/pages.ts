import type { RouteRecordRaw } from 'vue-router'

export const importPages: RouteRecordRaw[] = [
  {
    path: '/settings/imports',
    name: 'imports',
    component: () => import('./ImportsPage.vue'),
    meta: { title: 'imports.title' },
  },
  {
    path: '/settings/imports/:id',
    name: 'import',
    component: () => import('./ImportPage.vue'),
    props: true,
    meta: { title: 'imports.title' },
  },
]
