/** Has to be the first thing that the page imports: the schemas would otherwise try to make code out of text as they are built, which the page's policy refuses and reports. */
import { config } from 'zod';

config({ jitless: true });
