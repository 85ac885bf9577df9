// A strict parser for the XML of TwiML: elements, attributes, text, the five entities and numeric references.
// Anything else throws. (The SDK writes XML and reads none.)
export function XMLParser(source) {
    let at = 0;
    const fail = (why) => {
        throw new Error(`${why} at ${at}`);
    };
    const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
    const decode = (text) => {
        if (/[<\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) fail("a forbidden character");
        return text.replace(/&([^;]*);?/g, (whole, name) => {
            if (!whole.endsWith(";")) fail("a bare ampersand");
            if (/^#[0-9]+$/.test(name)) return String.fromCodePoint(Number(name.slice(1)));
            if (/^#x[0-9a-fA-F]+$/.test(name)) return String.fromCodePoint(parseInt(name.slice(2), 16));
            return entities[name] ?? fail(`an unknown entity ${name}`);
        });
    };
    const take = (pattern, what) => {
        pattern.lastIndex = at;
        const match = pattern.exec(source);
        if (match === null) fail(`expected ${what}`);
        at = pattern.lastIndex;
        return match;
    };
    const element = () => {
        const name = take(/<([A-Za-z]+)/y, "an element")[1];
        const attributes = {};
        while (/\s/.test(source[at])) {
            const [, key, value] = take(/\s+([A-Za-z]+)="([^"]*)"/y, "an attribute");
            if (key in attributes) fail(`${key} twice`);
            attributes[key] = decode(value);
        }
        const sorted = Object.fromEntries(Object.entries(attributes).sort());
        const node = { name, attributes: sorted, children: [], text: "" };
        if (take(/\/?>/y, "the end of a tag")[0] === "/>") return node;
        while (!source.startsWith("</", at)) {
            if (source[at] === "<") node.children.push(element());
            else node.text += decode(take(/[^<]+/y, "text")[0]);
        }
        take(new RegExp(`</${name}>`, "y"), `the end of ${name}`);
        return node;
    };
    take(/(<\?xml version="1\.0" encoding="UTF-8"\?>)?/y, "a declaration");
    const root = element();
    if (at !== source.length) fail("something after the document");
    return root;
}
