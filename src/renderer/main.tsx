import './styles/index.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startPreferences } from './app/preferences.ts';

startPreferences();

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no element with the id "root".');
createRoot(place).render(<App />);
