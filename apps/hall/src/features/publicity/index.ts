import type { RouteRecordRaw } from 'vue-router'

export { default as PublicityLinks } from './PublicityLinks.vue'

export const publicityPages: RouteRecordRaw[] = [
  {
    path: '/notices',
    name: 'notices',
    component: () => import('./NoticesPage.vue'),
    meta: { title: 'publicity.title' },
  },
  {
    path: '/notices/screen',
    name: 'notices-screen',
    component: () => import('./NoticesScreen.vue'),
    meta: { title: 'publicity.title', screen: true },
  },
  {
    path: '/suspended',
    name: 'suspended',
    component: () => import('./SuspendedPage.vue'),
    meta: { title: 'publicity.suspended' },
  },
]
