/** A longer name of a method is cut down to what it is at heart; those of one kind stay apart below it. */
const NAME_LENGTH = 64;

/** Names that say little to who has not read how the method works. */
const PLAIN: Readonly<Record<string, string>> = {
  "smoothing with carried errors": "error-correcting smoothing",
};

/** A forecasting method in few words: of a blend what it blends, of a long name its head. */
export function shortMethod(whole: string): string {
  const name = Object.entries(PLAIN).reduce((text, [term, plain]) => text.replaceAll(term, plain), whole);
  if (!name.startsWith("blend of ")) return name.length <= NAME_LENGTH ? name : headOf(name);
  const parts = name.slice("blend of ".length).split(" + ");
  const heads = [...new Set(parts.map(headOf))];
  if (heads.length === 1) return `blend of ${parts.length} × ${heads[0]}`;
  const words = `blend of ${heads.slice(0, -1).join(", ")} and ${heads.at(-1)}`;
  return words.length <= NAME_LENGTH ? words : `blend of ${parts.length} methods`;
}

/** Without what it is set to: "autoregression, seasons 1920" is an autoregression, "recent line (80)" a recent line. */
function headOf(name: string): string {
  return name.split(/,| \(| of logarithms/)[0];
}
