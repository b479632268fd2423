// Each names itself beside what it is built on: the more particular come first.
const BROWSERS = [
  ['WeChat', /MicroMessenger\//],
  ['Edge', /Edg(A|iOS)?\//],
  ['QQ', /QQBrowser\//],
  ['UC', /UCBrowser\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS)\//],
  ['Safari', /Safari\//],
] as const
const SYSTEMS = [
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const

/** Browser and system, by which somebody knows their own device again; nothing finer is kept. */
export function deviceOf(userAgent: string | undefined): string | null {
  if (!userAgent) return null
  const named = [BROWSERS, SYSTEMS].flatMap((known) => known.find(([, mark]) => mark.test(userAgent))?.[0] ?? [])
  return named.length > 0 ? named.join(' · ') : null
}
