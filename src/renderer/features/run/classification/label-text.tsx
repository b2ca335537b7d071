const kept = 4;

/** A label; one that names a folder and a class in it is shortened in its middle, since such labels differ at their ends. */
export function LabelText({ label }: { readonly label: string }) {
  if (!label.includes('/')) return label;
  return (
    <span className="ends">
      <span className="sr-only">{label}</span>
      <span className="trunc" aria-hidden="true">
        {label.slice(0, -kept)}
      </span>
      <span aria-hidden="true">{label.slice(-kept)}</span>
    </span>
  );
}
