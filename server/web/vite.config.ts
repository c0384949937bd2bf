import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** The page is one bundle under /assets/, so that the server can list what it serves; nothing is inlined as a data URL. */
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2023', assetsInlineLimit: 0, sourcemap: false, license: { fileName: 'licenses.md' } },
  test: { environment: 'node', include: ['tests/**/*.test.ts'] },
});
