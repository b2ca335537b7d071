export function CommandPalette({ onClose }: { readonly onClose: () => void; readonly onKeys: () => void }) {
  return (
    <button type="button" onClick={onClose}>
      Close
    </button>
  );
}
