export { default as IssueLink } from './IssueLink.vue'
export { default as JudgedLine } from './JudgedLine.vue'
export { default as TimeLeft } from './TimeLeft.vue'
export { default as WorkList } from './WorkList.vue'
