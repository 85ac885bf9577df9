// Signs requests with Twilio's own SDK, so that our verify is judged by theirs.
// stdin: one JSON object per line: {token, url, params?: {name: value | [values]}, body?: text of a JSON request}
// stdout: the same line with `signature`, the `url` as requested and the `body` to send.
import readline from "node:readline";
import webhooks from "twilio/lib/webhooks/webhooks.js";

const encode = (params) =>
    Object.entries(params)
        .flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
        .map((pair) => pair.map(encodeURIComponent).join("="))
        .join("&");

export function sign(request) {
    if (request.body !== undefined) {
        const mark = request.url.includes("?") ? "&" : "?";
        const url = `${request.url}${mark}bodySHA256=${webhooks.getExpectedBodyHash(request.body)}`;
        return { ...request, url, signature: webhooks.getExpectedTwilioSignature(request.token, url, {}) };
    }
    const params = request.params ?? {};
    const signature = webhooks.getExpectedTwilioSignature(request.token, request.url, params);
    return { ...request, body: encode(params), signature };
}

if (import.meta.url === `file://${process.argv[1]}`) {
    for await (const line of readline.createInterface({ input: process.stdin })) {
        if (line.trim() !== "") console.log(JSON.stringify(sign(JSON.parse(line))));
    }
}
