# Dot-sourced in a shell on a terminal: hosts of another name around the shell's own, as editors have them.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Helpers of tests.')]
param()

Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

// lack: the member of RawUI that the host does not have.
public sealed class OtherHost(PSHost inner, string name, string lack) : PSHost
{
    public override CultureInfo CurrentCulture => inner.CurrentCulture;
    public override CultureInfo CurrentUICulture => inner.CurrentUICulture;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name => name;
    public override PSHostUserInterface UI { get; } = new OtherUI(inner.UI, lack);
    public override Version Version => inner.Version;
    public override void EnterNestedPrompt() => throw new NotImplementedException();
    public override void ExitNestedPrompt() => throw new NotImplementedException();
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}

public sealed class OtherUI(PSHostUserInterface inner, string lack) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new OtherRawUI(inner.RawUI, lack);
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        inner.Prompt(caption, message, descriptions);
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        inner.PromptForChoice(caption, message, choices, defaultChoice);
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotImplementedException();
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) =>
        throw new NotImplementedException();
    public override string ReadLine() => inner.ReadLine();
    public override SecureString ReadLineAsSecureString() => inner.ReadLineAsSecureString();
    public override void Write(string value) => inner.Write(value);
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) => inner.Write(value);
    public override void WriteLine(string value) => inner.WriteLine(value);
    public override void WriteErrorLine(string value) => inner.WriteErrorLine(value);
    public override void WriteDebugLine(string message) => inner.WriteDebugLine(message);
    public override void WriteProgress(long sourceId, ProgressRecord record) => inner.WriteProgress(sourceId, record);
    public override void WriteVerboseLine(string message) => inner.WriteVerboseLine(message);
    public override void WriteWarningLine(string message) => inner.WriteWarningLine(message);
}

public sealed class OtherRawUI(PSHostRawUserInterface inner, string lack) : PSHostRawUserInterface
{
    private T Have<T>(string member, Func<T> get) => member == lack ? throw new NotImplementedException() : get();
    public override ConsoleColor ForegroundColor { get => inner.ForegroundColor; set { } }
    public override ConsoleColor BackgroundColor { get => inner.BackgroundColor; set { } }
    public override Coordinates CursorPosition { get => inner.CursorPosition; set { } }
    public override Coordinates WindowPosition { get => inner.WindowPosition; set { } }
    public override int CursorSize { get => inner.CursorSize; set { } }
    public override Size BufferSize { get => inner.BufferSize; set { } }
    public override Size WindowSize { get => inner.WindowSize; set { } }
    public override Size MaxWindowSize => inner.MaxWindowSize;
    public override Size MaxPhysicalWindowSize => inner.MaxPhysicalWindowSize;
    public override bool KeyAvailable => Have(nameof(KeyAvailable), () => inner.KeyAvailable);
    public override string WindowTitle { get => inner.WindowTitle; set { } }
    public override KeyInfo ReadKey(ReadKeyOptions options) => Have(nameof(ReadKey), () => inner.ReadKey(options));
    public override void FlushInputBuffer() => inner.FlushInputBuffer();
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotImplementedException();
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
}
'@

# A runspace with such a host, in which a line has run as it would in $PROFILE.
function New-OtherShell([string] $Line, [string] $Lack = '', [string] $Name = 'Visual Studio Code Host') {
    $runspace = [runspacefactory]::CreateRunspace([OtherHost]::new($Host, $Name, $Lack))
    $runspace.Open()
    $null = [powershell]::Create($runspace).AddScript("Import-Module '$env:PESTER_MODULE'; $Line").Invoke()
    $runspace
}

# The prompt as that host makes it: the command itself, and no script of that word.
function Show-OtherPrompt($Runspace) { [powershell]::Create($Runspace).AddCommand('prompt').Invoke() }

function Invoke-Other($Runspace, [string] $Script) { [powershell]::Create($Runspace).AddScript($Script).Invoke() }
