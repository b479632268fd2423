import type { RouteRecordRaw } from 'vue-router'

export const categoryPages: RouteRecordRaw[] = [
  {
    path: '/settings/categories',
    name: 'categories',
    component: () => import('./CategoriesPage.vue'),
    meta: { title: 'categories.title' },
  },
]
