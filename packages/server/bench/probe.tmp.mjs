import { diffPictures, parseFilter } from '@ridgeline/core';
import { pictureOf } from '@ridgeline/core/live';
import { deltaJson } from '@ridgeline/core/wire';
import { createRidgeline, viewingPlugins } from '@ridgeline/runtime';
import { churnCluster, clusterReports, makeCluster } from '@ridgeline/testkit';

const ridgeline = createRidgeline({ plugins: viewingPlugins(), host: 'b' });
console.log([...ridgeline.engine.registry.views.keys()].join(' '));
let cluster = makeCluster({
  seed: 1,
  hosts: 40,
  containersPerHost: 50,
  processesPerContainer: 1,
  connections: 50000,
});
const f = (t) => {
  const p = parseFilter(t, ridgeline.engine.registry.knownNames);
  if (!p.ok) throw new Error(t);
  return { expr: p.expr, from: { kind: 'request' } };
};
const views = ['processes', 'processes-by-name', 'containers', 'hosts', 'containers-by-hostname'];
const layers = [[], ['not name = nginx'], ['host.name = host-1'], ['degree > 20', 'not name = redis']];
const reqs = views.flatMap((view) => layers.map((l) => ({ view, filters: l.map(f) })));
const held = new Map();
const T = {};
const time = (k, fn) => {
  const t = performance.now();
  const r = fn();
  T[k] = (T[k] ?? 0) + performance.now() - t;
  return r;
};
for (let n = 0; n < 12; n++) {
  for (const k in T) T[k] = 0;
  cluster = n === 0 ? cluster : time('churn', () => churnCluster(cluster, 0.05));
  const reports = time('generate', () => clusterReports(cluster, ridgeline.engine.symbols));
  time('ingest', () => {
    for (const r of reports) ridgeline.ingest(r.origin, r, 1000);
  });
  time('join', () => ridgeline.engine.report);
  const lines = [];
  for (const [i, req] of reqs.entries()) {
    const snap = time('render', () => time(`render ${req.view}`, () => ridgeline.render(req)));
    const pic = time('summary', () =>
      time(`summary ${req.view}`, () => pictureOf(snap, ridgeline.engine.sources)),
    );
    const h = held.get(i);
    if (h) {
      const d = time('diff', () => diffPictures(h, pic, n));
      const t = time('json', () => JSON.stringify(deltaJson(d)));
      lines.push(
        `${req.view}/${i % 4} nodes ${pic.nodes.size} +${d.add.length} ~${d.update.length} -${d.remove.length} ${(t.length / 1e6).toFixed(2)}MB`,
      );
    }
    held.set(i, { epoch: 'e', seq: n, picture: pic });
  }
  if (n === 11) {
    console.log(lines.join('\n'));
  }
  console.log(
    n,
    Object.entries(T)
      .map(([k, v]) => `${k} ${v.toFixed(0)}`)
      .join('; '),
    'rss',
    (process.memoryUsage.rss() / 1e6).toFixed(0),
  );
}
