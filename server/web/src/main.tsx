import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import './ui/colours.css';
import './ui/base.css';
import { bindAddress } from './state/address';
import { createQueryClient } from './api/queries';
import { App } from './features/frame/App';

bindAddress();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
