/** The window's composition root: the connection to main, styles, and the one root that everything is drawn in. */
import './tokens.css';
import './base.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './connect.ts';
import { fetchLaterViews } from './later-views.tsx';

/** Milliseconds. Who waits longer is told what for. */
const UNTOLD = 150;

const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no root to draw in');
await Promise.race([connect(), new Promise((resolve) => setTimeout(resolve, UNTOLD))]);
const drawn = createRoot(root);
// In this very turn: the first paint is of the first view.
flushSync(() => drawn.render(<App />));
fetchLaterViews();
