import { useNavigate } from 'react-router';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { addressOf } from '../../app/addresses.ts';
import { request } from '../../app/core.ts';
import { useToasts } from '../../ui/toast.tsx';

/** Makes a model of the library from a run's best checkpoint and shows it. */
export function useAdopt({ id, name }: Pick<RunSummary, 'id' | 'name'>): () => void {
  const navigate = useNavigate();
  const toasts = useToasts();
  return () => {
    toasts.tell(`Putting the model of ${name} together`, 'model');
    request('models.adopt', { runId: id, name: null }).then(
      (model) => navigate(addressOf.model(model.id)),
      toasts.tellFailure,
    );
  };
}
