import { definePlugin, defineSource } from '@ridgeline/core';
import { EMPTY } from 'rxjs';
import { describe, expect, it } from 'vitest';

describe('the sources of a plugin', () => {
  it('come with their options; one that is listed as it is defined is named', () => {
    const lamp = defineSource({
      name: 'lamp',
      description: 'lamps',
      produces: ['lamp'],
      interval: () => 1000,
      connect: () => EMPTY,
    });
    const make = definePlugin({ name: 'house', contribute: () => ({ sources: [lamp as never] }) });
    expect(() => make()).toThrow(/plugin "house": source "lamp" has no options/);
  });
});
