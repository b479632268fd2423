export { default as SettingChanges } from './SettingChanges.vue'
