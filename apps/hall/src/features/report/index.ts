import type { RouteRecordRaw } from 'vue-router'

export { default as ReportLink } from './ReportLink.vue'

export const reportPages: RouteRecordRaw[] = [
  {
    path: '/report/:community(\\d{12})',
    name: 'report',
    component: () => import('./ReportPage.vue'),
    props: true,
    meta: { title: 'report.title' },
  },
  {
    path: '/report/:community(\\d{12})/matters',
    name: 'report-matters',
    component: () => import('./ReportMattersPage.vue'),
    props: true,
    meta: { title: 'report.behind' },
  },
]
