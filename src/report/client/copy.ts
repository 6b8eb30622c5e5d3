/** Gives every command of the page a button that copies it. */
export function copyButtons(page: Document): void {
  for (const command of page.querySelectorAll<HTMLElement>('.command')) {
    const button = page.createElement('button');
    button.className = 'copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', `Copy: ${command.textContent}`);
    button.addEventListener('click', () => {
      void copied(page, command).then((done) => {
        button.textContent = done ? 'Copied' : 'Press Ctrl+C';
        setTimeout(() => {
          button.textContent = 'Copy';
        }, 2000);
      });
    });
    command.after(button);
  }
}

/** @returns false where the browser lets no page copy: then the command is selected */
async function copied(page: Document, command: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(command.textContent ?? '');
    return true;
  } catch {
    // A page without a secure context, or a denied permission: the older way needs a selection.
    const range = page.createRange();
    range.selectNodeContents(command);
    page.getSelection()?.removeAllRanges();
    page.getSelection()?.addRange(range);
    return page.execCommand('copy');
  }
}
