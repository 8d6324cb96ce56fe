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
  type Topology,
  where,
} from '@ridgeline/core';
import { containerImageId, imageKey, imageName, imageNameWithoutTag } from '@ridgeline/vocabulary';
import { containersWithImageNames } from './containers.ts';

/** Images of one name, whatever their tag, as one node; an image without a name is left out. */
const namedImages: GroupPlan = group(select('container_image'), {
  into: 'container_image',
  by: keying(({ input }) => {
    const named = namedIds(input);
    return (row, place) => {
      if (named[row] !== NONE) place.as(named[row] as Sym);
    };
  }),
  selfLoops: 'keep',
  yields: { makes: [], passesRows: true },
});

/** Containers under the names of the images they are made of. */
const containersOfNamedImages: GroupPlan = group(containersWithImageNames, {
  onto: namedImages,
  into: 'container_image',
  by: keying(({ input, render }) => {
    const { symbols } = input;
    const images = render.topology('container_image');
    const named = namedIds(images);
    const keys = input.column(imageKey.key);
    const pseudo = symbols.intern(PSEUDO);
    const ids = new Map<Sym, Sym>();
    const idOf = (key: Sym): Sym => {
      const image = images.rowOf(containerImageId.encode(symbols.text(key)));
      return image === undefined ? NONE : (named[image] as Sym);
    };
    return (row, place) => {
      const key = keys[row] as Sym;
      if (input.kindSymbol(row) === pseudo) place.as();
      else if (key !== NONE) {
        const id = ids.get(key) ?? idOf(key);
        ids.set(key, id);
        if (id !== NONE) place.under(id);
      }
    };
  }),
  selfLoops: 'keep',
  yields: { makes: ['container_image'], passesRows: false },
});

/** Images that containers are made of, by name. */
export const containersByImage: RendererDef = defineRenderer({
  name: 'containers-by-image',
  plan: where(containersOfNamedImages, (image) => image.hasMember('container')),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});

/** The id of each image by its name, as a symbol; {@link NONE} for one without a name. */
function namedIds(images: Topology): Int32Array {
  const { symbols } = images;
  return images
    .column(imageName.key)
    .map((name) =>
      name === NONE ? NONE : symbols.intern(containerImageId.encode(imageNameWithoutTag(symbols.text(name)))),
    );
}
