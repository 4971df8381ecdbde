/** The window's composition root: styles, the connection to main, and the one root that everything is drawn in. */
import './component-styles.css';
import './tokens.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './connect.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no root to draw in');
connect();
createRoot(root).render(<App />);
