import type { ContractType, DataOf } from '#libs/contracts';
import type { Published } from '#libs/journal';

/** One event as one contract. */
export const contract = <Type extends ContractType>(type: Type, data: DataOf<Type>): Published[] => [{ type, data }];

/** An event that stays private. */
export const nothing = (): Published[] => [];
