import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/**
 * The page is one bundle under /assets/, so that the server can list what it serves; nothing is inlined as a data URL.
 * To work on it: start `fathom app`, open the address that it prints once (for the cookie), then `npm run dev`.
 */
export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:5151' } },
  build: { target: 'es2023', assetsInlineLimit: 0, sourcemap: false, license: { fileName: 'licenses.md' } },
  test: { environment: 'node', include: ['tests/**/*.test.ts'] },
});
