/** A longer name of a method is cut down to what it is at heart. */
const NAME_LENGTH = 40;

/** A forecasting method in few words: of a blend what it blends, of a long name its head. */
export function shortMethod(name: string): string {
  if (!name.startsWith("blend of ")) return name.length <= NAME_LENGTH ? name : headOf(name);
  const parts = name.slice("blend of ".length).split(" + ");
  const heads = [...new Set(parts.map(headOf))];
  if (heads.length === 1) return `blend of ${parts.length} × ${heads[0]}`;
  const words = `blend of ${heads.slice(0, -1).join(", ")} and ${heads.at(-1)}`;
  return words.length <= 1.5 * NAME_LENGTH ? words : `blend of ${parts.length} methods`;
}

/** Without what it is set to: "autoregression, seasons 1920" is an autoregression, "recent line (80)" a recent line. */
function headOf(name: string): string {
  return name.split(/,| \(| of logarithms/)[0];
}
