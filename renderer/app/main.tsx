/** The window's composition root: the connection to main, styles, and the one root that everything is drawn in. */
import { firstAnswers } from './first-answers.ts';
import './tokens.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { fetchLaterViews } from './later-views.tsx';

/** Milliseconds. Who waits longer is told what for. */
const UNTOLD = 150;

const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no root to draw in');
await Promise.race([firstAnswers, new Promise((resolve) => setTimeout(resolve, UNTOLD))]);
createRoot(root).render(<App />);
fetchLaterViews();
