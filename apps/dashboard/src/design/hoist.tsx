const red = 'oklch(0.62 0.205 32)';
const blue = 'oklch(0.5 0.11 240)';
const yellow = 'oklch(0.83 0.158 86)';
const white = 'oklch(0.97 0.006 215)';
const black = 'oklch(0.4 0.035 230)';

/** The letters as the International Code of Signals draws them, each on 60 × 44. */
const letters = {
  H: (
    <>
      <path d="M0 0h30v44H0z" fill={white} />
      <path d="M30 0h30v44H30z" fill={red} />
    </>
  ),
  A: (
    <>
      <path d="M0 0h30v44H0z" fill={white} />
      <path d="M30 0h30L46 22l14 22H30z" fill={blue} />
    </>
  ),
  L: (
    <>
      <path d="M0 0h60v44H0z" fill={yellow} />
      <path d="M30 0h30v22H30zM0 22h30v22H0z" fill={black} />
    </>
  ),
  Y: (
    <>
      <path d="M0 0h60v44H0z" fill={yellow} />
      <path
        d="M0 10 10 0h10L0 20zM0 30 30 0h10L0 40zM6 44 50 0h10L16 44zM26 44 60 10v10L36 44zM46 44l14-14v10l-4 4z"
        fill={red}
      />
    </>
  ),
  R: (
    <>
      <path d="M0 0h60v44H0z" fill={red} />
      <path d="M25 0h10v17h25v10H35v17H25V27H0V17h25z" fill={yellow} />
    </>
  ),
  D: (
    <>
      <path d="M0 0h60v44H0z" fill={yellow} />
      <path d="M0 11h60v22H0z" fill={blue} />
    </>
  ),
};

/** Down the halyard, each letter with the distance from the top. */
const name = [
  ['H', 20],
  ['A', 76],
  ['L', 132],
  ['Y', 188],
  ['A', 244],
  ['R', 300],
  ['D', 356],
] as const;

/** HALYARD, hoisted in signal flags. */
export function Hoist({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 120 420" className={className} aria-hidden="true">
      <path d="M30 0v420" stroke="oklch(0.79 0.025 215)" strokeWidth="1.5" />
      {name.map(([letter, y]) => (
        <g
          key={y}
          transform={`translate(31 ${y}) skewY(${y % 3 ? 2.2 : -1.6}) rotate(${y % 5 ? 0.6 : -0.8})`}
        >
          {letters[letter]}
        </g>
      ))}
    </svg>
  );
}
