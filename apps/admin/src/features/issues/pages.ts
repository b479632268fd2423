import type { RouteRecordRaw } from 'vue-router'

export const issuePages: RouteRecordRaw[] = [
  {
    path: '/issues',
    name: 'issues',
    component: () => import('./list/IssueListPage.vue'),
    meta: { title: 'nav.issues' },
  },
  {
    path: '/issues/:id',
    name: 'issue',
    component: () => import('./detail/IssuePage.vue'),
    props: true,
    meta: { title: 'issue.title' },
  },
]
