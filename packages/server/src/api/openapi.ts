import {
  API_PREFIX,
  errorSchema,
  liveMessageSchema,
  type Route,
  routes,
  snapshotSchema,
} from '@ridgeline/client/schema';
import * as z from 'zod';

export type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of our API, made of the schemas that requests are checked by and clients are typed from. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = API_PREFIX + route.path;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ridgeline',
      version,
      description:
        'Views of who talks to whom, as pictures and as live streams of changes. Times are milliseconds since 1970.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: {
        Error: schemaOf(errorSchema),
        Snapshot: schemaOf(snapshotSchema),
        LiveMessage: schemaOf(liveMessageSchema),
      },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operation(route: Route): Json {
  const pathParameters = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    operationId: route.id,
    summary: route.summary,
    description: `For the role ${route.role}.`,
    parameters: [...pathParameters, ...queryParameters(route.query)],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body) } },
          },
        }),
    responses: {
      ...success(route),
      default: {
        description: 'What is wrong',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function success(route: Route): Json {
  const schema = schemaOf(route.answer);
  switch (route.answers) {
    case 'json':
      return { 200: { description: route.summary, content: { 'application/json': { schema } } } };
    case 'events':
      return {
        200: { description: 'Each event is one message', content: { 'text/event-stream': { schema } } },
      };
    case 'text':
      return {
        200: {
          description: route.summary,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Snapshot' } },
            'text/vnd.graphviz': { schema },
            'text/vnd.mermaid': { schema },
            'image/svg+xml': { schema },
          },
        },
      };
    case 'socket':
      return { 101: { description: 'Each message of the WebSocket is a #/components/schemas/LiveMessage' } };
  }
}

/** A member of the query's schema is a parameter; lists are repeated parameters. */
function queryParameters(query: z.ZodType): readonly Json[] {
  const { properties = {}, required = [] } = schemaOf(query) as {
    properties?: Readonly<Record<string, Json>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
    ...(schema.type === 'array' ? { style: 'form', explode: true } : {}),
  }));
}

/** A schema as JSON Schema 2020-12, which OpenAPI 3.1 speaks. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12', unrepresentable: 'any' });
  return json;
}
