import { createInterface } from "node:readline";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

// A number of calls, or one for each line of standard input.
const [profile, count] = process.argv.slice(2);
const choice = profile === "-" ? {} : { profile };
const client = new STSClient({ ...choice, endpoint: process.env.AWS_ENDPOINT_URL, maxAttempts: 1 });
for await (const _ of count === "lines" ? createInterface({ input: process.stdin }) : Array(Number(count))) {
  console.log((await client.send(new GetCallerIdentityCommand({}))).Arn);
}
