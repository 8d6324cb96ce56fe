/** An element of a document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text right in it. */
  readonly text: string;
}

/**
 * Reads the part of XML 1.0 that is written here: elements, attributes, text, numeric references.
 *
 * @throws where the text is not well-formed, or has a character that XML does not allow
 */
export function readXml(xml: string): Element {
  if (/(?![\t\n\r])\p{Cc}|\p{Surrogate}|[\ufffe\uffff]/u.test(xml))
    throw new Error('a character that XML does not allow');
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [top];
  const token = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
    const [, closes, name = '', attributes = '', isEmpty, text] = match;
    const inside = open.at(-1) as Open;
    if (text !== undefined) inside.text += decode(text);
    else if (closes === '/') {
      if (inside.name !== name) throw new Error(`</${name}> closes <${inside.name}>`);
      open.pop();
    } else {
      const element: Open = { name, attributes: attributesOf(attributes), children: [], text: '' };
      inside.children.push(element);
      if (isEmpty !== '/') open.push(element);
    }
  }
  if (open.length !== 1 || top.children.length !== 1) throw new Error('not one element');
  return top.children[0] as Element;
}

/** All elements below one that fulfil a condition. */
export function elementsOf(element: Element, fits: (element: Element) => boolean): readonly Element[] {
  const below = element.children.flatMap((child) => elementsOf(child, fits));
  return fits(element) ? [element, ...below] : below;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Open[];
  text: string;
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`${name} twice`);
    attributes[name] = decode(value);
  }
  return attributes;
}

function decode(text: string): string {
  return text.replace(/&([^;]*);?/g, (all, name: string) => {
    if (!/^#\d+$/.test(name) || !all.endsWith(';')) throw new Error(`${all} is no numeric reference`);
    return String.fromCodePoint(Number(name.slice(1)));
  });
}
