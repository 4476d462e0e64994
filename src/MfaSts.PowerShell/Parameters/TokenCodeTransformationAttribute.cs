using System.Collections;
using System.Management.Automation;
using System.Security;
using MfaSts.PowerShell.Hosting;

namespace MfaSts.PowerShell.Parameters;

/// <summary>
/// Takes -TokenCode as it comes from Get-Clipboard (lines), Read-Host -AsSecureString (a SecureString) or a literal (a number, whose own
/// text has the leading zero). It never fails: the engine would keep what was given in <c>$Error</c>. The code's form is checked where the
/// profile is known.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TokenCodeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Text(inputData);

    private static string? Text(object? input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        null => null,
        SecureString secret => Asker.Reveal(secret),
        string text => text,
        IEnumerable lines => string.Join('\n', lines.Cast<object?>().Select(Text)),
        _ => LanguagePrimitives.ConvertTo<string>(input),
    };
}
