using System.Management.Automation;

namespace MfaSts.PowerShell.Views;

/// <summary>
/// Keeps the secrets of a session out of its default view. The module's type data are per runspace and gone after Remove-Module, so the
/// object carries its own display set with it as well.
/// </summary>
internal static class SessionView
{
    private static readonly string[] Shown = ["Profile", "AccountId", "Expiration", "Remaining", "Region", "AccessKeyId", "Origin"];

    public static PSObject Wrap(MfaSession session)
    {
        var wrapped = PSObject.AsPSObject(session);
        var display = new PSPropertySet("DefaultDisplayPropertySet", Shown);

        // Without preValidated the type's own set counts as "already present".
        wrapped.Members.Add(
            new PSMemberSet(
                "PSStandardMembers",
                (PSMemberInfo[])[display, new PSNoteProperty("DefaultDisplayProperty", "Profile")]), preValidated: true);
        return wrapped;
    }
}
