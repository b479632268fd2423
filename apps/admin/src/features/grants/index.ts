export { default as GrantLine } from './GrantLine.vue'
export { default as RequestGrantDialog } from './RequestGrantDialog.vue'
