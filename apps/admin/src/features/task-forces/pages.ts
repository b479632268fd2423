import type { RouteRecordRaw } from 'vue-router'

export const taskForcePages: RouteRecordRaw[] = [
  {
    path: '/task-forces',
    name: 'task-forces',
    component: () => import('./TaskForceListPage.vue'),
    meta: { title: 'taskForces.nav' },
  },
  {
    path: '/task-forces/:id',
    name: 'task-force',
    component: () => import('./TaskForcePage.vue'),
    props: true,
    meta: { title: 'taskForces.nav' },
  },
]
