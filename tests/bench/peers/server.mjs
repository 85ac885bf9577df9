// The same webhook the usual way in Node: Fastify, the signature checked by Twilio's SDK, one read and one write in
// Redis, TwiML by the SDK. No once-guard, no compare-and-set, no sealing, no script: a peer that does less than a turn.
// node server.mjs PORT REDIS-SOCKET PUBLIC-URL AUTH-TOKEN STATE-BYTES ANSWER-BYTES
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import Redis from 'ioredis';
import twilio from 'twilio';

const [port, socket, publicUrl, token, stateBytes, answerBytes] = process.argv.slice(2);
const redis = new Redis({path: socket});
const state = 'x'.repeat(Number(stateBytes));
const words = 'x'.repeat(Math.max(1, Number(answerBytes) - 100));

const app = Fastify({logger: false});
app.register(formbody);
app.get('/ready', async () => 'ready');
app.post('/hooks/main/sms', async (request, reply) => {
    const signature = request.headers['x-twilio-signature'] ?? '';
    if (!twilio.validateRequest(token, signature, publicUrl + request.url, request.body)) {
        return reply.code(403).send('the signature is wrong');
    }
    const key = 'peer:' + request.body.From;
    await redis.getBuffer(key);
    await redis.set(key, state);
    const answer = new twilio.twiml.MessagingResponse();
    answer.message(words);
    return reply.type('text/xml').send(answer.toString());
});
await app.listen({host: '127.0.0.1', port: Number(port)});
