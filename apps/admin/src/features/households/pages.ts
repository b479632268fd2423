import type { RouteRecordRaw } from 'vue-router'

export const householdPages: RouteRecordRaw[] = [
  {
    path: '/people/households',
    name: 'households',
    component: () => import('./HouseholdsPage.vue'),
    meta: { title: 'households.title' },
  },
  {
    path: '/people/households/:id',
    name: 'household',
    component: () => import('./HouseholdPage.vue'),
    props: true,
    meta: { title: 'households.title' },
  },
  {
    path: '/people/bindings',
    name: 'bindings',
    component: () => import('./BindingsPage.vue'),
    meta: { title: 'households.bindings.title' },
  },
]
