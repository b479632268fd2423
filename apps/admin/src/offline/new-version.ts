import { shallowRef } from 'vue'

const HOUR_MS = 3_600_000

/** A newer version of the console, fetched whole, that waits to be taken. What is open goes on with the one it has. */
export const newVersion = shallowRef<ServiceWorker>()

/** Keeps the console itself on this device, so that it opens without a signal, and tells when there is a newer version. */
export async function keepConsole(): Promise<void> {
  if (!import.meta.env.PROD) return
  const registration = await navigator.serviceWorker?.register('/admin/worker.js', { scope: '/admin/' })
  if (!registration) return
  const look = () => {
    // The first one replaces nothing.
    if (registration.waiting && registration.active) newVersion.value = registration.waiting
  }
  const follow = () => registration.installing?.addEventListener('statechange', look)
  registration.addEventListener('updatefound', follow)
  // The browser looked as the page opened: one may be on its way already, over a thin line for minutes.
  follow()
  look()
  setInterval(() => registration.update().catch(() => undefined), HOUR_MS)
}

/** This page begins anew with the newer version; other pages of the browser go on until they are opened again. */
export function takeNewVersion(): void {
  const worker = newVersion.value
  // Another page took it already.
  if (worker?.state !== 'installed') location.reload()
  worker?.addEventListener('statechange', () => worker.state === 'activated' && location.reload())
  worker?.postMessage({ type: 'SKIP_WAITING' })
}
