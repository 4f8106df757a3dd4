// Which of these webhooks does the standard's own JavaScript library take? Reads cases from standard input.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const taken = JSON.parse(readFileSync(0, "utf8")).map(({ secret, headers, body }) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
});
console.log(JSON.stringify(taken));
