import { type InjectionKey, inject, provide, shallowRef } from 'vue'

export interface ViewedPhoto {
  id: string
  /** What it shows or belongs to, and when. */
  said?: string
}

/** The photos that are looked at large, and which of them. */
export const viewed = shallowRef<{ photos: readonly ViewedPhoto[]; at: number } | null>(null)

const OF_PAGE: InjectionKey<() => readonly ViewedPhoto[]> = Symbol('photos of the page')
/** All photos of a page, in their order: wherever on it one is enlarged, the next is the page's next. */
export const providePagePhotos = (photos: () => readonly ViewedPhoto[]): void => provide(OF_PAGE, photos)

/** Enlarges one of these photos, among the page's where it is one of them. */
export function useViewer() {
  const ofPage = inject(OF_PAGE, () => [])
  return (id: string, beside: readonly string[] = [id]): void => {
    const all = ofPage()
    const photos = all.some((photo) => photo.id === id) ? all : beside.map((each) => ({ id: each }))
    viewed.value = { photos, at: photos.findIndex((photo) => photo.id === id) }
  }
}
