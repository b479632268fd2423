import type { RouteRecordRaw } from 'vue-router'

export const sessionPages: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./SignInPage.vue'),
    meta: { title: 'signIn.title', bare: true, open: true },
  },
  {
    path: '/staff-only',
    name: 'staff-only',
    component: () => import('./StaffOnlyPage.vue'),
    meta: { title: 'staffOnly.title', bare: true },
  },
]
