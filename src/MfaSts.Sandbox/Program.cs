using MfaSts.Sandbox;

if (args is ["serve", .. var options])
{
    return await ServeCommand.RunAsync(options);
}

await Console.Error.WriteLineAsync(ServeCommand.Usage);
return 2;
