/** Runs on the shop's page: a click on a visitor's button begins a chat as that visitor. */
export const SHOP_SCRIPT = `
const status = document.querySelector(".status");
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

async function begin(button) {
  const { visitor, says, signedIn } = button.dataset;
  call("logout");
  if (signedIn) {
    const answer = await fetch("/demo/sign-in/" + visitor, { method: "POST" });
    if (!answer.ok) throw new Error("The shop could not sign this visitor in.");
    call("identify", (await answer.json()).token);
  }
  const done = await copied(says);
  status.textContent = done ? "The message is copied: paste it into the chat." : "Copy the message above into the chat.";
  call("open");
}

for (const button of document.querySelectorAll("button[data-visitor]")) {
  button.addEventListener("click", () => begin(button).catch((error) => (status.textContent = error.message)));
}
`;
