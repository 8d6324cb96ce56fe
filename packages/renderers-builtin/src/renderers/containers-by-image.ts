import {
  defineRenderer,
  type GroupPlan,
  group,
  keying,
  NONE,
  PSEUDO,
  type RendererDef,
  type Sym,
  select,
  where,
} from '@ridgeline/core';
import { containerImageId, imageKey, imageName, imageNameWithoutTag } from '@ridgeline/vocabulary';
import { containersWithImageNames } from './containers.ts';

/** Containers under the images they are made of. */
const imagesOfContainers: GroupPlan = group(containersWithImageNames, {
  onto: select('container_image'),
  into: 'container_image',
  by: keying(({ input }) => {
    const { symbols } = input;
    const keys = input.column(imageKey.key);
    const pseudo = symbols.intern(PSEUDO);
    const ids = new Map<Sym, Sym>();
    return (row, place) => {
      if (input.kindSymbol(row) === pseudo) {
        place.as();
        return;
      }
      const key = keys[row] as Sym;
      if (key === NONE) return;
      let id = ids.get(key);
      if (id === undefined) {
        id = symbols.intern(containerImageId.encode(symbols.text(key)));
        ids.set(key, id);
      }
      place.under(id);
    };
  }),
  selfLoops: 'keep',
});

/** Images of one name, whatever their tag, as one node; an image without a name is left out. */
const namedImages: GroupPlan = group(imagesOfContainers, {
  into: 'container_image',
  by: keying(({ input }) => {
    const { symbols } = input;
    const names = input.column(imageName.key);
    const pseudo = symbols.intern(PSEUDO);
    return (row, place) => {
      const name = names[row] as Sym;
      if (input.kindSymbol(row) === pseudo) place.as();
      else if (name !== NONE) {
        place.as(symbols.intern(containerImageId.encode(imageNameWithoutTag(symbols.text(name)))));
      }
    };
  }),
  selfLoops: 'keep',
});

/** Images that containers are made of, by name. */
export const containersByImage: RendererDef = defineRenderer({
  name: 'containers-by-image',
  plan: where(namedImages, (image) => image.hasMember('container')),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
