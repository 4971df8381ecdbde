/** Asks main before anything else of the window is made ready: it answers meanwhile. */
import { connect } from './connect.ts';

export const firstAnswers = connect();
