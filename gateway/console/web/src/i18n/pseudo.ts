// A language nobody speaks: Hebrew letters for Latin ones, a third longer. It proves that every page stands from right to
// left and that nothing is cut off; what stays readable in it was not taken from the catalogue.
import { type Catalogue, type Key, en } from './en';

const letters = 'אבגדהוזחטיכלמנסעפצקרשת';

function turned(text: string): string {
  let longer = '';
  for (const piece of text.split(/(\{[a-z]+\}|\|)/)) {
    const is_name = piece.startsWith('{') || piece === '|';
    longer += is_name
      ? piece
      : piece.replace(/[A-Za-zÀ-ž]/g, (c) => letters[c.toLowerCase().charCodeAt(0) % letters.length] ?? c) +
        'א'.repeat(Math.floor(piece.trim().length / 3));
  }
  return longer;
}

export const pseudo = Object.fromEntries(
  Object.entries(en).map(([key, text]) => [key, turned(text)] as [Key, string]),
) as Catalogue;
