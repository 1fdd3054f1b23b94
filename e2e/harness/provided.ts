declare module 'vitest' {
  interface ProvidedContext {
    /** The browser's program. */
    chromium: string;
  }
}

export {};
