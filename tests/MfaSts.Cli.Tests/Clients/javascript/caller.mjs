import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const [profile, count] = process.argv.slice(2);
const client = new STSClient({ profile, endpoint: process.env.AWS_ENDPOINT_URL, maxAttempts: 1 });
for (let call = 0; call < Number(count); call++) {
  console.log((await client.send(new GetCallerIdentityCommand({}))).Arn);
}
