export { default as MergeWithDialog } from './MergeWithDialog.vue'
