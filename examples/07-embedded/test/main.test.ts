import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';

const shop = fileURLToPath(new URL('../../01-filter-chain-in-config/shop.jsonl', import.meta.url));

describe('Ridgeline in a program of one’s own', () => {
  it('tells who talks to whom, as it comes', async () => {
    const lines: string[] = [];
    await main(shop, (line) => lines.push(line));
    expect(lines[0]).toBe('  0 of 0 shown');
    expect(lines).toContain('+ cart → cache');
    expect(lines).toContain('+ payments → db');
    expect(lines.at(-1)).toBe('  9 of 10 shown');
    // While one host has reported, what the other one's containers are is unknown: they are the Internet until it is told.
    const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
    expect(count('+') - count('-')).toBe(9);
    expect(count('-')).toBeGreaterThan(0);
  });
});
