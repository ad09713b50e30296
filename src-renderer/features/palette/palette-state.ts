import { create } from 'zustand';

interface PaletteState {
  readonly shown: 'palette' | 'keys' | null;
  readonly show: (which: 'palette' | 'keys') => void;
  readonly hide: () => void;
}

/** Which of the two dialogs of commands is open. */
export const usePaletteState = create<PaletteState>()((set) => ({
  shown: null,
  show: (shown) => set({ shown }),
  hide: () => set({ shown: null }),
}));
