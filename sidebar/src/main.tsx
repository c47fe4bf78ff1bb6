import "./theme/base.css";
import "./theme/controls.css";
import "./theme/shell.css";
import "./theme/inbox.css";
import "./theme/thread.css";
import "./theme/crm.css";
import "./theme/phone-calls.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { followTheme } from "./theme.ts";

followTheme();
const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
render(<App />, root);
