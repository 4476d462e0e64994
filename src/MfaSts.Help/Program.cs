using MfaSts.Help;
using MfaSts.Help.Reading;

if (args is not [var source, var target])
{
    await Console.Error.WriteLineAsync("usage: MfaSts.Help <folder of the Markdown> <folder for the help>");
    return 2;
}

try
{
    HelpFolder.Convert(source, target);
    return 0;
}
catch (HelpFormatException e)
{
    // The form in which MSBuild takes a program's line for an error of the build, with its place.
    await Console.Error.WriteLineAsync($"{e.Path}({e.Line}): error MFAHELP: {e.Message}");
    return 1;
}
