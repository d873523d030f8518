import { RequestMethod, type INestApplicationContext, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { type Declared, DECLARED } from './needs.js';

export interface Route {
  method: string;
  path: string;
  /** The class and method behind it. */
  handler: string;
  declared: Declared | undefined;
}

type Method = (...given: never[]) => unknown;

/** Every route that controllers of an application have, whether it listens yet or not. */
export function routesOf(app: INestApplicationContext): Route[] {
  const modules = [...app.get(ModulesContainer, { strict: false }).values()];
  const controllers = new Set(modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype as Type)));
  return [...controllers].flatMap(routesIn);
}

/** Throws where a route does not say for whom it is, so that none is open by being forgotten. */
export function refuseUndeclared(app: INestApplicationContext): void {
  const forgotten = routesOf(app).filter(({ declared }) => !declared).map(({ method, path, handler }) => `${method} ${path} (${handler})`);
  if (forgotten.length === 0) return;
  throw new Error(`Routes that do not say for whom they are, with @Needs, @Internal or @Open: ${forgotten.join(', ')}`);
}

function routesIn(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, Method>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name]!;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const declared = (Reflect.getMetadata(DECLARED, handler) ?? Reflect.getMetadata(DECLARED, controller)) as Declared | undefined;
    return joined(pathsOf(controller), pathsOf(handler)).map((path) => ({ method: RequestMethod[method], path, handler: `${controller.name}.${name}`, declared }));
  });
}

const pathsOf = (of: object): string[] => [(Reflect.getMetadata(PATH_METADATA, of) ?? '/') as string | string[]].flat();

const joined = (prefixes: string[], paths: string[]): string[] =>
  prefixes.flatMap((prefix) => paths.map((path) => `/${[prefix, path].flatMap((part) => part.split('/').filter(Boolean)).join('/')}`));
