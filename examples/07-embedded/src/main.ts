import { createRidgeline, replayPlugin, viewingPlugins } from '@ridgeline/runtime';
import { filter, firstValueFrom } from 'rxjs';
import { tellNeighbours } from './tell-neighbours.ts';

/** The program: tells who talks to whom in a recording, a line for each change, to its end. */
export async function main(file: string, tell: (line: string) => void): Promise<void> {
  const ridgeline = createRidgeline({ plugins: [...viewingPlugins(), replayPlugin({ file, speed: 'max' })] });
  const stop = tellNeighbours(ridgeline, { view: 'containers', options: { system: 'all' } }, tell);
  ridgeline.start();
  try {
    await firstValueFrom(
      ridgeline.sources$.pipe(
        filter((sources) => sources.some(({ name, state }) => name === 'replay' && state === 'stopped')),
      ),
    );
  } finally {
    stop();
    ridgeline.stop();
  }
}
