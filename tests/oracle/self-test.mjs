// Shows that the judges judge: known requests and documents, good and bad. Exit 1 when one of them is wrong.
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { judge } from "./parse.mjs";
import { sign } from "./sign.mjs";

const vectors = JSON.parse(readFileSync(new URL("../data/twilio.json", import.meta.url), "utf8")).vectors;
const basic = vectors.find((vector) => vector.id === "sms-basic");
const params = Object.fromEntries(new URLSearchParams(basic.body));
const signed = sign({ token: basic.secret, url: basic.url, params });
assert.equal(signed.signature, basic.headers["X-Twilio-Signature"]);
const json = vectors.find((vector) => vector.id === "json-bodysha");
const url = json.url.slice(0, json.url.indexOf("?"));
assert.equal(sign({ token: json.secret, url, body: json.body }).signature, json.headers["X-Twilio-Signature"]);

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const step = "https://h.example/hooks/main/voice/step?t=2&amp;k=ab&amp;e=k";
const good = [
    ["messaging", "<Response/>"],
    ["messaging", '<Response><Message statusCallback="https://h.example/s"><Body>2 &lt; 3 &amp; ñ 😀&#10;x</Body></Message></Response>'],
    ["voice", `<Response><Gather input="dtmf" action="${step}" method="POST" numDigits="1" finishOnKey="" timeout="6" actionOnEmptyResult="true"><Play>https://h.example/media/ab.wav</Play></Gather><Redirect method="POST">${step}</Redirect></Response>`],
    ["voice", '<Response><Say voice="Polly.Mia" language="es-MX">Hola</Say><Record maxLength="180" playBeep="true" trim="trim-silence"/><Pause length="2"/><Hangup/></Response>'],
    ["voice", "<Response><Reject/></Response>"],
];
const bad = [
    ["voice", "<Response><Message><Body>x</Body></Message></Response>"],
    ["voice", "<Response><Shout>x</Shout></Response>"],
    ["messaging", "<Response><Message><Body>a & b</Body></Message></Response>"],
    ["messaging", "<Response><Message><Body>a</Message></Body></Response>"],
    ["messaging", "<Response><Message><Body>\u0007</Body></Message></Response>"],
    ["messaging", "<Response><Play>x</Play></Response>"],
    ["messaging", ""],
];
for (const [kind, xml] of good) assert.deepEqual(judge({ kind, xml: head + xml }), { ok: true }, xml);
for (const [kind, xml] of bad) assert.equal(judge({ kind, xml: xml && head + xml }).ok, false, xml);
console.log(`oracle: ${good.length + bad.length} documents and 2 signatures judged as they should be`);
