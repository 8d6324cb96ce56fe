import {
  asNodeId,
  defineFilter,
  Interpreter,
  makeReport,
  SymbolTable,
  select,
  TopologyBuilder,
  where,
} from '@ridgeline/core';
import { layerEnvironment } from '@ridgeline/testkit';
import { expect, it } from 'vitest';

it('tells a filter inside a plan what time it is, and forgets its result only then', () => {
  const late = defineFilter({
    name: 'late',
    description: 'after 10',
    build:
      () =>
      (_, { now }) =>
        now > 10,
  });
  const plain = defineFilter({ name: 'plain', description: 'all', build: () => () => true });
  const interpreter = new Interpreter({
    ...layerEnvironment,
    filters: new Map([
      ['late', late],
      ['plain', plain],
    ]),
  });
  const symbols = new SymbolTable();
  const builder = new TopologyBuilder('process', symbols, 0);
  builder.row(asNodeId('h;1'));
  const processes = builder.build();
  const at = (to: number) => makeReport({ symbols, window: { from: 0, to }, topologies: [processes] });
  const byTime = where(select('process'), { kind: 'call', name: 'late', args: [] });
  const byNode = where(select('process'), { kind: 'call', name: 'plain', args: [] });

  expect(interpreter.interpret(byTime, at(5)).size).toBe(0);
  expect(interpreter.interpret(byTime, at(20)).size).toBe(1);
  expect(interpreter.interpret(byNode, at(20))).toBe(interpreter.interpret(byNode, at(5)));
});
