/** Runs on the shop's page: a click on a visitor's button begins a chat as that visitor. */
export const SHOP_SCRIPT = `
window.Rolodesk ??= { q: [] };
const call = (...entry) => window.Rolodesk.q.push(entry);

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

async function begin(button, tell) {
  const { visitor, says, signedIn } = button.dataset;
  call("logout");
  if (signedIn) {
    const answer = await fetch("/demo/sign-in/" + visitor, { method: "POST" });
    if (!answer.ok) throw new Error("The shop could not sign this visitor in.");
    call("identify", (await answer.json()).token);
  }
  const done = await copied(says);
  tell(done ? "The message is copied: choose “Send us a message” and paste it." : "Copy the message above into the chat.");
  call("open");
}

for (const button of document.querySelectorAll("button[data-visitor]")) {
  const tell = (text) => {
    for (const status of document.querySelectorAll(".status")) status.textContent = status.parentElement === button.parentElement ? text : "";
  };
  button.addEventListener("click", () => begin(button, tell).catch((error) => tell(error.message)));
}
`;
