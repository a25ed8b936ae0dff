import { openStore } from "../../src/store/open-store.ts";
import { storeConformance } from "./store.ts";

storeConformance("SQLite", () => openStore(":memory:"));
