// Judges our TwiML by Twilio's own SDK: a document is good when the SDK, asked for the same verbs, writes the same one.
// The SDK has a method for each verb that Twilio knows and refuses characters that XML forbids; a verb in the wrong
// place or an unknown one has no method and is reported.
// stdin: one JSON object per line: {kind: "voice" | "messaging", xml}
// stdout: {ok: true} or {ok: false, why}; exit 1 when any line was not ok.
import readline from "node:readline";
import twilio from "twilio";
import { XMLParser } from "./xml.mjs";

const { VoiceResponse, MessagingResponse } = twilio.twiml;
const methods = { Say: "say", Play: "play", Gather: "gather", Record: "record", Redirect: "redirect", Hangup: "hangup",
    Reject: "reject", Pause: "pause", Message: "message", Body: "body" };
const withText = new Set(["Say", "Play", "Redirect", "Body"]);

function build(parent, element) {
    const method = methods[element.name];
    if (method === undefined || typeof parent[method] !== "function") {
        throw new Error(`the SDK knows no ${element.name} in this place`);
    }
    const attributes = { ...element.attributes };
    if (element.name === "Message") {
        const child = parent.message(attributes);
        element.children.forEach((each) => build(child, each));
    } else if (withText.has(element.name)) {
        element.name === "Body" ? parent.body(attributes, element.text) : parent[method](attributes, element.text);
    } else {
        const child = parent[method](attributes);
        element.children.forEach((each) => build(child, each));
    }
}

export function judge({ kind, xml }) {
    try {
        const ours = XMLParser(xml);
        if (ours.name !== "Response") throw new Error("the root is no Response");
        const response = kind === "voice" ? new VoiceResponse() : new MessagingResponse();
        ours.children.forEach((element) => build(response, element));
        const theirs = XMLParser(response.toString());
        const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
        if (a !== b) throw new Error(`the SDK writes ${b}, we wrote ${a}`);
        return { ok: true };
    } catch (error) {
        return { ok: false, why: String(error.message ?? error) };
    }
}

if (import.meta.url === `file://${process.argv[1]}`) {
    for await (const line of readline.createInterface({ input: process.stdin })) {
        if (line.trim() === "") continue;
        const verdict = judge(JSON.parse(line));
        if (!verdict.ok) process.exitCode = 1;
        console.log(JSON.stringify(verdict));
    }
}
