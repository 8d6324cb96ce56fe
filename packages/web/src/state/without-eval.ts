import * as z from 'zod';

// Zod tries whether it may make functions of text when a schema is made; the page's policy forbids it, and browsers report
// the attempt. So this module is the first that the page imports.
z.config({ jitless: true });
