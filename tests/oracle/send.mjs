// Sends through Twilio's own SDK to the emulator, and judges the emulator's callbacks by the SDK's validator.
// stdin: one JSON object: {base, sid, token, from, to, body, refused}
// stdout: {sid, status, fetched, listed, redacted, removed, code, call, callbacks: [{status, valid}]}
import { createServer } from "node:http";
import twilio from "twilio";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { base, sid, token, from, to, body, refused } = JSON.parse(Buffer.concat(chunks).toString());

const client = twilio(sid, token);
client.api.baseUrl = base;

const callbacks = [];
let told;
const enough = new Promise((resolve) => (told = resolve));
const hotline = createServer((request, response) => {
    let form = "";
    request.on("data", (chunk) => (form += chunk));
    request.on("end", () => {
        const params = Object.fromEntries(new URLSearchParams(form));
        const url = `http://127.0.0.1:${hotline.address().port}${request.url}`;
        const valid = twilio.validateRequest(token, request.headers["x-twilio-signature"], url, params);
        callbacks.push({ status: params.MessageStatus ?? params.CallStatus, valid, url: request.url });
        response.writeHead(204).end();
        if (callbacks.length === 6) told();
    });
});
await new Promise((resolve) => hotline.listen(0, "127.0.0.1", resolve));
const statusCallback = `http://127.0.0.1:${hotline.address().port}/status?m=01%20ab&x=%C3%B1#rc=3`;

const message = await client.messages.create({ from, to, body, statusCallback });
const call = await client.calls.create({ from, to, twiml: "<Response><Say>x</Say></Response>", statusCallback });
await enough;
const out = { sid: message.sid, status: message.status, call: call.sid, callbacks };
out.fetched = (await client.messages(message.sid).fetch()).body;
out.listed = (await client.messages.list({ to, from })).map((one) => one.body);
out.redacted = (await client.messages(message.sid).update({ body: "" })).body;
out.removed = await client.messages(message.sid).remove();
out.ended = (await client.calls(call.sid).update({ status: "completed" })).status;
out.code = await client.messages.create({ from, to: refused, body }).then(() => 0, (error) => error.code);
const stranger = twilio(sid, "wrong");
stranger.api.baseUrl = base;
out.unauthorized = await stranger.messages.create({ from, to, body }).then(() => 0, (error) => error.code);
console.log(JSON.stringify(out));
hotline.closeAllConnections();
hotline.close();
