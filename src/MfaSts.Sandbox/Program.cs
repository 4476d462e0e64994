using MfaSts.Sandbox;
using MfaSts.Sandbox.Demo;

switch (args)
{
    case []:
        return await DemoCommand.RunAsync(Console.Out, CancellationToken.None);
    case ["serve", .. var options]:
        return await ServeCommand.RunAsync(options);
    default:
        await Console.Error.WriteLineAsync(ServeCommand.Usage);
        return 2;
}
