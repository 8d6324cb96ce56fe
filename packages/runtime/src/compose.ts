// The composition root: the only file that knows tsyringe, which throws unless the polyfill is there first.
import 'reflect-metadata';
import { noSettings, type Plugin, type Settings } from '@ridgeline/core';
import { type Clock, createRidgeline as createCore, type Ridgeline } from '@ridgeline/core/live';
import { type ReportListener, tapSources } from '@ridgeline/source-replay';
import type { Subscription } from 'rxjs';
import { container, type DependencyContainer, type InjectionToken, instanceCachingFactory } from 'tsyringe';
import { builtinPlugins } from './builtin-plugins.ts';
import { coordinateSources } from './coordinate.ts';
import { reverseDnsPlugin } from './dns/reverse-dns.ts';
import { type Log, silentLog } from './log.ts';
import { logSources } from './log-sources.ts';
import { newEpoch, systemClock, systemHostName } from './system-clock.ts';

/** What may be set of a process; all of it has defaults that fit the machine it runs on. */
export interface RuntimeOptions {
  /** In place of everything built in. */
  readonly plugins?: readonly Plugin[];
  readonly settings?: Settings;
  /** The name of this host. */
  readonly host?: string;
  readonly clock?: Clock;
  /** Tells this life of the process from others. */
  readonly epoch?: string;
  readonly log?: Log;
  /** Ask name servers for the names of addresses, with the options of source `reverse-dns`; off unless given. */
  readonly reverseDns?: unknown;
  /** Told of every report of every source as it comes. */
  readonly onReport?: ReportListener;
}

/** Tokens are typed, and made here: what is resolved by one is what was registered by it. */
function token<T>(name: string): InjectionToken<T> {
  return Symbol(`ridgeline:${name}`);
}

const CLOCK: InjectionToken<Clock> = token('clock');
const HOST: InjectionToken<string> = token('host');
const EPOCH: InjectionToken<string> = token('epoch');
const LOG: InjectionToken<Log> = token('log');
const SETTINGS: InjectionToken<Settings> = token('settings');
const PLUGINS: InjectionToken<readonly Plugin[]> = token('plugins');
const CORE: InjectionToken<Ridgeline> = token('core');
const RIDGELINE: InjectionToken<Ridgeline> = token('ridgeline');

/**
 * Puts a Ridgeline together from plugins and the machine it runs on; nothing happens before `start()`.
 *
 * Each call has a container of its own: two in one process (or in two tests) share nothing.
 *
 * @example
 * const ridgeline = createRidgeline({ log: lineLog((line) => process.stderr.write(line)) });
 * ridgeline.start();
 * ridgeline.watch(of({ view: 'processes' })).subscribe((delta) => draw(delta));
 * @throws RidgelineError `DUPLICATE_NAME`, `BAD_OPTIONS`
 */
export function createRidgeline(options: RuntimeOptions = {}): Ridgeline {
  return compose(options).resolve(RIDGELINE);
}

function compose(options: RuntimeOptions): DependencyContainer {
  const scope = container.createChildContainer();
  const provide = <T>(name: InjectionToken<T>, make: (from: DependencyContainer) => T): void => {
    // `Lifecycle.Singleton` throws with a factory; the caching factory is once per container, which is what is meant.
    scope.register<T>(name, { useFactory: instanceCachingFactory(make) });
  };
  provide(CLOCK, () => options.clock ?? systemClock);
  provide(HOST, () => options.host ?? systemHostName());
  provide(EPOCH, (from) => options.epoch ?? newEpoch(from.resolve(CLOCK)));
  provide(LOG, () => options.log ?? silentLog);
  provide(SETTINGS, () => options.settings ?? noSettings);
  provide(PLUGINS, (from) => {
    const plugins = [...(options.plugins ?? builtinPlugins())];
    if (options.reverseDns !== undefined) {
      // Asked late: the engine is made from these plugins.
      const report = (): Ridgeline['engine']['report'] => from.resolve(CORE).engine.report;
      plugins.push(reverseDnsPlugin({ report })(options.reverseDns));
    }
    // Asked late, too.
    const statuses = (): Ridgeline['sources$'] => from.resolve(CORE).sources$;
    const guided = coordinateSources(plugins, statuses, from.resolve(HOST));
    return options.onReport === undefined ? guided : tapSources(guided, options.onReport);
  });
  provide(CORE, (from) =>
    createCore({
      plugins: from.resolve(PLUGINS),
      settings: from.resolve(SETTINGS),
      host: from.resolve(HOST),
      clock: from.resolve(CLOCK),
      epoch: from.resolve(EPOCH),
    }),
  );
  provide(RIDGELINE, (from) => logged(from.resolve(CORE), from.resolve(LOG)));
  return scope;
}

/** The same, which logs the states of its sources while it runs. */
function logged(core: Ridgeline, log: Log): Ridgeline {
  let logging: Subscription | undefined;
  return {
    ...core,
    start: () => {
      logging ??= logSources(core.sources$, log);
      core.start();
    },
    stop: () => {
      core.stop();
      logging?.unsubscribe();
      logging = undefined;
    },
  };
}
