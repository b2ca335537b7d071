import { createHashRouter, Navigate } from 'react-router';
import { ComparePage } from '../features/compare/compare-page.tsx';
import { DatasetsPage } from '../features/datasets/datasets-page.tsx';
import { LaunchPage } from '../features/launch/launch-page.tsx';
import { ModelsPage } from '../features/models/models-page.tsx';
import { RunPage } from '../features/run/run-page.tsx';
import { RunsPage } from '../features/runs/runs-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { Frame } from './frame.tsx';
import { PageFailure } from './page-failure.tsx';

/**
 * Addresses (UI.md section 2). Runs reads ?q= (filter) and ?view=archived|bin; New run reads ?preset=, ?from=RUN and
 * ?dataset=; Compare reads run ids joined by commas.
 */
export const createRouter = () =>
  createHashRouter([
    {
      element: <Frame />,
      errorElement: <PageFailure />,
      children: [
        {
          errorElement: <PageFailure />,
          children: [
            { index: true, element: <Navigate to="/runs" replace /> },
            { path: 'runs', element: <RunsPage /> },
            { path: 'runs/:id', element: <RunPage /> },
            { path: 'runs/:id/:tab', element: <RunPage /> },
            { path: 'new', element: <LaunchPage /> },
            { path: 'compare', element: <ComparePage /> },
            { path: 'compare/:ids', element: <ComparePage /> },
            { path: 'datasets', element: <DatasetsPage /> },
            { path: 'datasets/:id', element: <DatasetsPage /> },
            { path: 'models', element: <ModelsPage /> },
            { path: 'models/:id', element: <ModelsPage /> },
            { path: 'settings', element: <SettingsPage /> },
            { path: '*', element: <Navigate to="/runs" replace /> },
          ],
        },
      ],
    },
  ]);
