export { default as ChangeLines } from './ChangeLines.vue'
export { default as SettingChanges } from './SettingChanges.vue'
