import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode, useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { IconSprite } from '../ui/icon.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { createRouter } from './routes.tsx';

/** The window: providers around the router. */
export function App() {
  const [router] = useState(createRouter);
  return (
    <StrictMode>
      <IconSprite />
      {/* The window's policy takes styles from files only. */}
      <CSPProvider disableStyleElements>
        <TooltipProvider delay={500}>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </TooltipProvider>
      </CSPProvider>
    </StrictMode>
  );
}
