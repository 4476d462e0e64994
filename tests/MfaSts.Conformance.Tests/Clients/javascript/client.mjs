// One profile, as the AWS SDK for JavaScript reads it: who am I, and the call that needs MFA.
import { IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const settings = { profile: process.argv[2], maxAttempts: 1 };
const { Arn: arn } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
const { Users: users } = await new IAMClient(settings).send(new ListUsersCommand({}));
console.log(JSON.stringify({ arn, users: users.map((user) => user.UserName) }));
