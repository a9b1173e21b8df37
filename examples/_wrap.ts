/** A line, broken at blanks so that an 80-column terminal shows it; what follows the first is indented as far. */
export function wrap(text: string, indent: number = 0, columns: number = 80): string {
  const [lines, room] = [[""], columns - indent];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
    if (line.length <= room || lines.at(-1) === "") lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}
