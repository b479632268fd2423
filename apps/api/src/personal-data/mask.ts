import { COMPOUND_SURNAMES } from './surnames.ts'

/** `138****1234`; other numbers keep at most their last three digits. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/^\+?86(?=1\d{10}$)/, '').replace(/\D/g, '')
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  return digits.length < 6 ? '****' : `****${digits.slice(-3)}`
}

/** `张*`, `欧阳*`, `A*`: the surname only, and not how many characters follow it. */
export const maskName = (name: string): string => {
  const trimmed = name.trim()
  if (trimmed === '') return ''
  const compound = COMPOUND_SURNAMES.find((surname) => trimmed.startsWith(surname) && trimmed.length > surname.length)
  return `${compound ?? [...trimmed][0]}*`
}

/** `340***********1234`: the province and the last four, as printed on official notices. */
export const maskIdNumber = (idNumber: string): string => {
  const trimmed = idNumber.trim()
  return trimmed.length < 15
    ? '*'.repeat(trimmed.length)
    : trimmed.slice(0, 3) + '*'.repeat(trimmed.length - 7) + trimmed.slice(-4)
}
