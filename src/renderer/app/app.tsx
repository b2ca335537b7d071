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
      <TooltipProvider delay={500}>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </TooltipProvider>
    </StrictMode>
  );
}
