/** A frame as the application sees it: Electron's WebFrameMain, as far as it is used. */
export class HostFrame {
  readonly #tree: FrameTree;
  readonly #parentId: string | undefined;
  url: string;

  constructor(tree: FrameTree, parentId: string | undefined, url: string) {
    this.#tree = tree;
    this.#parentId = parentId;
    this.url = url;
  }

  get origin(): string {
    return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/iu.exec(this.url)?.[0] ?? 'null';
  }

  get parent(): HostFrame | null {
    return this.#parentId === undefined ? null : (this.#tree.find(this.#parentId) ?? null);
  }

  get top(): HostFrame | null {
    return this.#parentId === undefined ? this : (this.parent?.top ?? null);
  }
}

/** The frames of one page, kept up to date from DevTools' navigation events. */
export class FrameTree {
  readonly main: HostFrame;
  readonly #frames = new Map<string, HostFrame>();
  readonly #toPublicUrl: (url: string) => string;

  constructor(mainFrameId: string, toPublicUrl: (url: string) => string) {
    this.#toPublicUrl = toPublicUrl;
    this.main = new HostFrame(this, undefined, 'about:blank');
    this.#frames.set(mainFrameId, this.main);
  }

  find(id: string): HostFrame | undefined {
    return this.#frames.get(id);
  }

  /** A frame whose first document is not there yet. */
  attached(id: string, parentId: string): void {
    if (!this.#frames.has(id)) this.#frames.set(id, new HostFrame(this, parentId, 'about:blank'));
  }

  navigated(id: string, parentId: string | undefined, browserUrl: string): void {
    if (parentId !== undefined) this.attached(id, parentId);
    const frame = this.#frames.get(id);
    if (frame) frame.url = this.#toPublicUrl(browserUrl);
  }

  detached(id: string): void {
    this.#frames.delete(id);
  }
}
