import { pluginFault, type RidgelineError } from '../errors.ts';
import type { TopologyName } from '../ids/node-id.ts';
import type { NodeReader } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import type { Appearance, AppearanceScope, TopologyDefinition } from '../model/topology-definition.ts';
import {
  NO_TEMPLATES,
  overlayTemplates,
  type TemplatesByTopology,
  type TopologyTemplates,
} from '../model/topology-templates.ts';
import type { DetailsDecorator } from './define-details.ts';

/** The topology definitions of all plugins, with what reports add to their templates. */
export class Definitions {
  readonly #definitions: ReadonlyMap<TopologyName, TopologyDefinition>;
  #reported: TemplatesByTopology | undefined;
  #templates = new Map<TopologyName, TopologyTemplates>();
  readonly #faults = new Map<TopologyName, RidgelineError>();

  /** What plugins add to the details of nodes. */
  readonly decorators: readonly DetailsDecorator[];

  constructor(definitions: Iterable<TopologyDefinition>, decorators: readonly DetailsDecorator[] = []) {
    this.decorators = decorators;
    const byName = new Map<TopologyName, TopologyDefinition>();
    for (const definition of definitions) byName.set(definition.name, definition);
    this.#definitions = byName;
  }

  /** The last fault of each topology's appearance, and of each decorator of details. */
  get faults(): ReadonlyMap<TopologyName, RidgelineError> {
    return this.#faults;
  }

  /** Notes that a plugin's function failed without taking a picture away. */
  noteFault(of: string, fault: RidgelineError): void {
    this.#faults.set(of, fault);
  }

  get(topology: TopologyName): TopologyDefinition | undefined {
    return this.#definitions.get(topology);
  }

  /** In the order in which plugins define them. */
  list(): readonly TopologyDefinition[] {
    return [...this.#definitions.values()];
  }

  /** By topology, the keys whose differing values a merge unites. */
  unites(): ReadonlyMap<TopologyName, readonly string[]> {
    const unites = new Map<TopologyName, readonly string[]>();
    for (const { name, unites: keys } of this.#definitions.values())
      if (keys.length > 0) unites.set(name, keys);
    return unites;
  }

  /** How nodes of a topology are shown: the definition first, the rest as the report says. */
  templates(topology: TopologyName, report: Report): TopologyTemplates {
    if (this.#reported !== report.templates) {
      this.#reported = report.templates;
      this.#templates = new Map();
    }
    const known = this.#templates.get(topology);
    if (known !== undefined) return known;
    const defined = this.#definitions.get(topology)?.templates ?? NO_TEMPLATES;
    const reported = report.templates.get(topology);
    const templates = reported === undefined ? defined : overlayTemplates(defined, reported);
    this.#templates.set(topology, templates);
    return templates;
  }

  /** How a node looks; one of an unknown topology is called by its id. */
  appearance(node: NodeReader, report: Report): Appearance {
    const definition = this.#definitions.get(node.topology);
    const scope: AppearanceScope = { countOf: (topology, count) => this.#countOf(topology, count, report) };
    const bare = { label: node.id, labelMinor: '', rank: '' };
    if (definition === undefined) return bare;
    try {
      return definition.appearance(node, scope);
    } catch (error) {
      // The seam to a plugin's function: the node is shown by its id, and the fault is kept for the engine's status.
      this.#faults.set(node.topology, pluginFault(`appearance of ${node.topology}`, error, node.id));
      return bare;
    }
  }

  #countOf(topology: TopologyName, count: number, report: Report): string {
    const { label = topology, labelPlural = label } = this.templates(topology, report);
    return `${count} ${count === 1 ? label : labelPlural}`;
  }
}
