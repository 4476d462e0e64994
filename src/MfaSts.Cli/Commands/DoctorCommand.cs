using System.CommandLine;
using System.Globalization;
using MfaSts.Cli.Output;
using MfaSts.Errors;

namespace MfaSts.Cli.Commands;

/// <summary>Finds what keeps AWS tools from a profile's session, and repairs what it can.</summary>
internal sealed class DoctorCommand : DescribedCommand
{
    private readonly CliHost _host;
    private readonly Option<bool> _fix = new("--fix") { Description = "Repair what can be repaired; asks before each change." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "With --fix: do not ask." };
    private readonly Option<bool> _json = Parts.Json();
    private readonly Argument<string?> _profile;

    public DoctorCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("doctor", "[profile]", "Find what keeps AWS tools from a profile's session: exit code 0 if nothing does, 1 if not.",
            "mfasts doctor",
            "mfasts doctor admin",
            "mfasts doctor --fix admin",
            "mfasts doctor --fix --yes")
    {
        _host = host;
        _profile = Parts.Profile(host);
        _profile.Description = "The profile. Default: all of them.";
        Add(_profile);
        Add(_fix);
        Add(_yes);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_yes) && !result.GetValue(_fix))
            {
                result.AddError("--yes needs --fix.");
            }
        });
        SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, messages(parsed), cancellationToken)));
    }

    private int Run(ParseResult parsed, Messages said, CancellationToken cancellationToken)
    {
        string? profile = parsed.GetValue(_profile);
        var findings = Examine(profile);
        if (parsed.GetValue(_fix) && Fix(findings, parsed.GetValue(_yes), said, cancellationToken))
        {
            findings = Examine(profile);
        }

        if (!said.IsQuiet && (findings.Count > 0 || parsed.GetValue(_json)))
        {
            FindingReport.Write(_host.Output, findings, parsed.GetValue(_json));
        }

        said.Say(Sum(findings));
        return findings.Count == 0 ? ExitCodes.Success : ExitCodes.HasFindings;
    }

    private IReadOnlyList<MfaProfileFinding> Examine(string? profile) =>
        profile is null ? _host.Doctor.Examine() : _host.Doctor.Examine(profile);

    // True when something was changed. A repair may mend another finding as well, so each is looked at again before it is made.
    private bool Fix(IReadOnlyList<MfaProfileFinding> findings, bool isYes, Messages said, CancellationToken cancellationToken)
    {
        MfaProfileFinding[] all = [.. findings.Where(finding => finding.CanRepair)];
        if (all.Length > 0 && !isYes && _host.Terminal.WhyNotAsk() is { } whyNot)
        {
            throw MfaErrors.ConsentRequired(whyNot);
        }

        bool isChanged = false;
        foreach (var finding in all)
        {
            if (isYes || Ask(finding, cancellationToken))
            {
                bool isRepaired = _host.Doctor.Repair(finding, cancellationToken);
                said.Say(isRepaired ? $"Done: {finding.Repair} ({finding.Place})." : $"Not done: {finding.Repair} ({finding.Place}).");
                isChanged = true;
            }
        }

        return isChanged;
    }

    private bool Ask(MfaProfileFinding finding, CancellationToken cancellationToken)
    {
        string? answer = _host.Terminal.Ask(
            $"{finding.Message} {finding.Affects}\n{finding.Repair} ({finding.Place})? [y/N] ", cancellationToken);
        return answer?.Trim() is { } word
            && (word.Equals("y", StringComparison.OrdinalIgnoreCase) || word.Equals("yes", StringComparison.OrdinalIgnoreCase));
    }

    private static string Sum(IReadOnlyList<MfaProfileFinding> findings)
    {
        int repairable = findings.Count(finding => finding.CanRepair);
        string count = findings.Count == 1 ? "1 finding" : string.Create(CultureInfo.InvariantCulture, $"{findings.Count} findings");
        return findings.Count == 0 ? "Nothing was found."
            : repairable == 0 ? $"{count}."
            : string.Create(CultureInfo.InvariantCulture, $"{count}. 'mfasts doctor --fix' can repair {repairable}.");
    }
}
