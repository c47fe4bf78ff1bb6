import { describeConnector } from "./contract/describe-connector.ts";
import { createGhlHarness } from "./ghl-account.ts";

describeConnector("HighLevel", createGhlHarness);
