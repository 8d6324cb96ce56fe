import {
  decorate,
  defineRenderer,
  type GroupPlan,
  gatheringId,
  group,
  keying,
  NONE,
  not,
  type Plan,
  PSEUDO,
  type RendererDef,
  reduce,
  type Sym,
  test,
  where,
} from '@ridgeline/core';
import {
  containerId,
  containerImageId,
  containerKey,
  containerState,
  DOCKER_IMAGE_LABEL,
  firstPart,
  imageKey,
  imageName,
  imageNameWithoutTag,
  imageSize,
  imageTag,
  imageVirtualSize,
} from '@ridgeline/vocabulary';
import { containerKeys } from '../stages/container-keys.ts';
import { joinEndpoints } from '../stages/group-endpoints.ts';
import { processes } from './processes.ts';

/** Processes under their containers; those of none under "uncontained" of their host. */
export const containersOfProcesses: GroupPlan = group(processes.plan, {
  into: 'container',
  by: keying(({ input }) => {
    const { symbols } = input;
    const keys = input.column(containerKey.key);
    const pseudo = symbols.intern(PSEUDO);
    const ids = new Map<Sym, Sym>();
    return (row, place) => {
      if (input.kindSymbol(row) === pseudo) {
        place.as();
        return;
      }
      const key = keys[row] as Sym;
      if (key === NONE) {
        place.under(symbols.intern(gatheringId('uncontained', firstPart(input.idOf(row)))), pseudo);
        return;
      }
      let id = ids.get(key);
      if (id === undefined) {
        id = symbols.intern(containerId.encode(symbols.text(key)));
        ids.set(key, id);
      }
      place.under(id);
    };
  }),
  counted: false,
  selfLoops: 'keep',
  yields: { makes: ['container'], passesRows: false },
});

/** Containers with the connections that are theirs by address or mapped port. */
export const containersByAddress: GroupPlan = joinEndpoints('container', containerKeys);

/** All containers but those that are gone, from their processes and from their addresses. */
export const plainContainers: Plan = where(
  reduce(containersOfProcesses, containersByAddress),
  not(test(containerState.field, '=', 'deleted')),
);

/** What a container takes over from its image; filters read it. */
const IMAGE_KEYS = [
  imageName.key,
  imageTag.key,
  imageSize.key,
  imageVirtualSize.key,
  `${DOCKER_IMAGE_LABEL}works.weave.role`,
];

/** Containers that know the names of their images: the stage on which filters of all container views act. */
export const containersWithImageNames: Plan = decorate(plainContainers, {
  name: 'image names',
  writes: [...IMAGE_KEYS, 'container_image'],
  by: (context) => {
    const images = context.topology('container_image');
    const names = images.column(imageName.key);
    return (container, write) => {
      const key = container.get(imageKey);
      const image = key === undefined ? undefined : images.rowOf(containerImageId.encode(key));
      if (image === undefined || names[image] === NONE) return;
      write.copyLatest(images, image, IMAGE_KEYS);
      const name = imageNameWithoutTag(images.symbols.text(names[image] as Sym));
      write.setParents('container_image', [containerImageId.encode(name)]);
    };
  },
});

/** Containers, with what is uncontained on each host. */
export const containers: RendererDef = defineRenderer({
  name: 'containers',
  plan: containersWithImageNames,
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
