import { expect, it } from 'vitest';
import { linkedFiles } from '../lint/links.mjs';

it('finds links to files, and no others', () => {
  const page = [
    'See [a](a.md), [b](docs/b.md#part) and [`c`](c); not [d](https://example.org) nor [e](#here).',
    'Nor `[f](f.md)`.',
    '```md',
    '[g](g.md)',
    '```',
  ].join('\n');
  expect(linkedFiles(page)).toEqual(['a.md', 'docs/b.md', 'c']);
});
