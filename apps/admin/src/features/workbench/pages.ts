import type { RouteRecordRaw } from 'vue-router'

export const workbenchPages: RouteRecordRaw[] = [
  { path: '/', name: 'workbench', component: () => import('./WorkbenchPage.vue'), meta: { title: 'workbench.title' } },
]
