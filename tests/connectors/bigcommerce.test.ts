import { createBigCommerceHarness } from "./bigcommerce-account.ts";
import { describeConnector } from "./contract/describe-connector.ts";

describeConnector("BigCommerce", createBigCommerceHarness);
