import type { RouteRecordRaw } from 'vue-router'

/** Of a figure the matters behind it are listed. */
const FIGURE = ['community', 'measure', 'from', 'to']

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
    beforeEnter: ({ query }) => FIGURE.every((part) => query[part]) || { name: 'statistics' },
    meta: { title: 'statistics.behind' },
  },
]
