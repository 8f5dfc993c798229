// Focus the terminal as soon as it exists, so that it gets the keys without a click.
new MutationObserver((_, observer) => {
  const keyboardInput = document.querySelector(".xterm-helper-textarea");
  if (document.body.classList.contains("-first-byte") && keyboardInput) {
    keyboardInput.focus();
    observer.disconnect();
  }
}).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
