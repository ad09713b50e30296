import fastify from 'fastify';

/** Fastify answering constant bytes, the yardstick for `npm run bench -- api`. Arguments: number of bytes. */
const page = Buffer.alloc(Number(process.argv[2]), 'x');
const app = fastify();
app.get('/', async (_request, reply) => await reply.type('application/json; charset=utf-8').send(page));
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
