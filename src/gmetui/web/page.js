// Focus the terminal as soon as it exists, so that it gets the keys without a click.
new MutationObserver((_, observer) => {
  const keyboardInput = document.querySelector(".xterm-helper-textarea");
  if (document.body.classList.contains("-first-byte") && keyboardInput) {
    keyboardInput.focus();
    observer.disconnect();
  }
}).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });

// The terminal would send ctrl+C and ctrl+V to the explorer. Like everywhere else in a browser, ctrl+C copies what is
// selected in the page (shift and drag selects), and ctrl+V pastes. Without a selection, ctrl+C goes to the explorer,
// which copies what is selected there.
addEventListener(
  "keydown",
  (event) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const key = event.key.toLowerCase();
    if (isShortcut && key === "v") {
      event.stopImmediatePropagation(); // the browser pastes into the terminal
    } else if (isShortcut && key === "c" && copySelection()) {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
  },
  { capture: true },
);

// Returns whether something was selected: the terminal then fills the clipboard in the event of the copy.
function copySelection() {
  let isCopied = false;
  const allowCopy = (event) => event.preventDefault(); // even though the browser itself has nothing selected
  const observe = (event) => (isCopied = event.defaultPrevented);
  addEventListener("beforecopy", allowCopy);
  addEventListener("copy", observe);
  document.execCommand("copy");
  removeEventListener("beforecopy", allowCopy);
  removeEventListener("copy", observe);
  return isCopied;
}

// The terminal opens a tab for whatever looks like an address on a line, cut at the end of the line. It calls
// window.open without an address first. The explorer's own links come with one. Exported files come here too: they are
// downloaded without a tab that opens and closes again, which would hide the explorer's message.
const openWindow = window.open;
window.open = (address, ...options) => {
  if (!address) {
    return null;
  }
  if (new URL(address, location.href).pathname.startsWith("/download/")) {
    const link = Object.assign(document.createElement("a"), { href: address, download: "" });
    link.click();
    return null;
  }
  return openWindow.call(window, address, ...options);
};
