const paths = {
  alert: 'M12 4 2.5 20h19L12 4Zm0 6v5m0 2.5v.1',
  archive: 'M4 4h16v4H4V4Zm1 4v12h14V8m-9 4h4',
  article: 'M5 4h11l3 3v13H5V4Zm3 6h8M8 14h8M8 18h5',
  attach: 'm20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.5 8.5a2 2 0 0 1-3-3L14 7',
  block: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM6 6l12 12',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  chevron: 'm8 10 4 4 4-4',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Zm0 4V12l3 2',
  close: 'm6 6 12 12M18 6 6 18',
  copy: 'M8 8h11v12H8V8Zm0 8H5V4h11v4M11 12h5m-5 4h5',
  critical: 'M12 3c1 4 5 5.5 5 11a5 5 0 0 1-10 0c0-2 1-3.5 2-4.5 0 2 1 3 2 3C12 10 11 7 12 3Z',
  developers: 'm8 7-5 5 5 5m8-10 5 5-5 5M14 4l-4 16',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14',
  edit: 'm4 20 1-4L16.5 4.5l3 3L8 19l-4 1Z',
  external: 'M13 4h7v7m0-7-9 9M10 5H5v14h14v-5',
  file: 'M6 3.5h8l4 4v13H6v-17Zm8 0v4h4',
  filter: 'M4 5h16l-6 7.5V19l-4-2v-4.5L4 5Z',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  forward: 'm14 6 6 6-6 6v-4c-5 0-8 1-10 5 0-7 4-11 10-11V6Z',
  hand: 'M8 12V6a1.5 1.5 0 0 1 3 0v5-6.5a1.5 1.5 0 0 1 3 0V11 7a1.5 1.5 0 0 1 3 0v7c0 4-2 6.5-5.5 6.5-3 0-4-1.5-6-5L4 12.5c1-1.5 2.5-1 4 1.5',
  hash: 'M9.5 4 7 20M17 4l-2.5 16M4.5 9h16M3.5 15h16',
  hidden: 'M4 4l16 16M9.5 5.5A10 10 0 0 1 21 12a12 12 0 0 1-2.5 3.5M6 7.5A12 12 0 0 0 3 12a10 10 0 0 0 12 6',
  history: 'M4.5 12a7.5 7.5 0 1 0 2.5-5.6M4.5 4v4.5H9M12 8v4.5l3 1.5',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Zm0 7.5v5m0-8.5v.1',
  key: 'M14.5 3.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12Zm-4.2 10.2L4 20v-3m3 0v-2.5m8.5-7v.1',
  left: 'm14 6-6 6 6 6',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1m2 4a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  logOut: 'M10 4H5v16h5m4-12 4 4-4 4m4-4H9',
  mail: 'M4 6h16v12H4V6Zm0 1 8 6 8-6',
  more: 'M6 12h.1M12 12h.1M18 12h.1',
  note: 'M5 4h14v10l-5 6H5V4Zm9 16v-6h5M8 8h8m-8 4h4',
  outbox: 'M4 13v6h16v-6h-5l-1 2h-4l-1-2H4Zm8-9v8m-3.5-4.5L12 4l3.5 3.5',
  pending:
    'M7 18a4.5 4.5 0 0 1-.5-9 6 6 0 0 1 11.5 1.5A3.8 3.8 0 0 1 17.5 18M12 20v-7m-2.5 2.5L12 13l2.5 2.5',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 19c.8-3.5 3.3-5 6.5-5s5.7 1.5 6.5 5M15.5 5.5a3.5 3.5 0 0 1 0 6.2m2.5 2.6c2 .6 3.1 2.2 3.5 4.7',
  phone:
    'M6.5 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3c0 1.5-1 2.5-2.5 2.5C10.5 20 4 13.5 4 6c0-1.5 1-2.5 2.5-2.500Z',
  picture: 'M4 5h16v14H4V5Zm0 11 5-5 4 4 2.5-2.500L20 17M15.5 9h.1',
  plus: 'M12 5v14M5 12h14',
  preview:
    'M2.5 12c2-4 5.5-6 9.5-6s7.5 2 9.5 6c-2 4-5.5 6-9.5 6s-7.5-2-9.5-6Zm9.5-2.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  queue: 'M4 6h16M4 12h16M4 18h10',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.5-5.6M19.5 4v4.5H15',
  reply: 'M10 6 4 12l6 6v-4c5 0 8 1 10 5 0-7-4-11-10-11V6Z',
  right: 'm10 6 6 6-6 6',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm5 11.5L20 20',
  send: 'M3.5 11.5 20.5 4l-5.5 16.5-3.5-7-8-2Zm8 2L20.5 4',
  server: 'M4 5h16v6H4V5Zm0 8h16v6H4v-6Zm4-5h.1M8 16h.1',
  settings: 'M5 7h8m4 0h2M5 17h2m4 0h8M15 4.5v5M9 14.5v5',
  snooze: 'M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10Z',
  tag: 'M4 4h8l8.5 8.5-8 8L4 12V4Zm4 4h.1',
  trash: 'M5 7h14M9 7V4.5h6V7m-8 0 1 13h8l1-13',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5',
} as const;

export type IconName = keyof typeof paths;

/** A drawing beside a word. It is never the only thing that tells something, so that screen readers skip it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
