import type { Layout, Place, Point } from './layout.ts';

/** At least so many places of nodes that are gone are remembered. */
const REMEMBERED = 4000;

/**
 * The places of nodes that are gone, those of now included.
 *
 * @param isHere - whether a node is in the scene
 */
export function vacatedBy(previous: Layout, isHere: (id: string) => boolean): Map<string, Place> {
  const gone = [...previous.places].filter(([id]) => !isHere(id)).sort(([a], [b]) => (a < b ? -1 : 1));
  const vacated = new Map(previous.memory.vacated);
  for (const [id, place] of gone) {
    // Anew, so that it is the youngest.
    vacated.delete(id);
    vacated.set(id, place);
  }
  return vacated;
}

/** The last of them, as many as are worth remembering. */
export function recentlyVacated(
  vacated: ReadonlyMap<string, Place>,
  isHere: (id: string) => boolean,
  atLeast: number,
): ReadonlyMap<string, Place> {
  const gone = [...vacated].filter(([id]) => !isHere(id));
  return new Map(gone.slice(Math.max(0, gone.length - Math.max(REMEMBERED, atLeast))));
}

/** Free places of kin. */
export class KinSlots {
  readonly #byKin = new Map<string, { id: string; place: Place }[]>();
  readonly #vacated: Map<string, Place>;

  /** @param vacated - loses the places that are taken */
  constructor(vacated: Map<string, Place>) {
    this.#vacated = vacated;
    for (const [id, place] of vacated) {
      const slots = this.#byKin.get(place.kin);
      if (slots === undefined) this.#byKin.set(place.kin, [{ id, place }]);
      else slots.push({ id, place });
    }
  }

  /**
   * Takes the place of one of the kin that is gone: the one nearest to a point, else the youngest.
   *
   * @param fits - whether a place can be taken
   */
  take(kin: string, near: Point | undefined, fits: (place: Place) => boolean): Place | undefined {
    const slots = this.#byKin.get(kin) ?? [];
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let k = slots.length - 1; k >= 0; k--) {
      const { place } = slots[k] as { place: Place };
      const distance = near === undefined ? 0 : Math.hypot(place.x - near.x, place.y - near.y);
      if (distance >= least || !fits(place)) continue;
      best = k;
      least = distance;
    }
    if (best < 0) return undefined;
    const [{ id, place }] = slots.splice(best, 1) as [{ id: string; place: Place }];
    this.#vacated.delete(id);
    return place;
  }
}
