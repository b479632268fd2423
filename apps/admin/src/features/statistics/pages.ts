import type { RouteRecordRaw } from 'vue-router'

export const statisticsPages: RouteRecordRaw[] = [
  {
    path: '/statistics',
    name: 'statistics',
    component: () => import('./StatisticsPage.vue'),
    meta: { title: 'statistics.title' },
  },
  {
    path: '/statistics/matters',
    name: 'measured',
    component: () => import('./MeasuredPage.vue'),
    meta: { title: 'statistics.behind' },
  },
]
