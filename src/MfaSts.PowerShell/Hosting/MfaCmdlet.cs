using System.Management.Automation;
using MfaSts.Credentials;
using MfaSts.Devices;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Findings;
using MfaSts.PowerShell.Loading;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Hosting;

/// <summary>What all cmdlets share: the services, errors from the catalogue, and waits that Ctrl+C ends.</summary>
public abstract class MfaCmdlet : PSCmdlet, IDisposable
{
    private const int ProgressAfterMilliseconds = 400;

    // The process's: the next cmdlet has files and services of its own.
    private static readonly UnstoredSessions Unstored = new();

    private readonly CancellationTokenSource _stop = new();
    private readonly PipelineWork _work = new();
    private AwsFiles? _files;
    private Asker? _asker;

    /// <summary>Cancelled by Ctrl+C and by whatever else stops the pipeline.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>The runspace that the cmdlet runs in.</summary>
    private protected static Guid Runspace => System.Management.Automation.Runspaces.Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;

    private protected AwsFiles Files => _files ??= AwsFiles.Locate(EnvironmentVariables.OfProcess, CurrentFolder(), Unstored);

    private protected LongTermCredentialStore LongTermCredentials => new(Files);

    private protected LongTermKeeper Keeper => new(Files, Stores);

    private protected SessionStore Sessions => new(Files, TimeProvider.System);

    private protected ProfileDoctor Doctor => new(Files, SessionEnvironment.Own, TimeProvider.System);

    private protected SessionBroker Broker => new(Files, SessionEnvironment.AsBeforeUse(Files), Gateway.Get, TimeProvider.System, Stores);

    private protected DeviceFinder Devices => new(Files, SessionEnvironment.AsBeforeUse(Files), Gateway.Get, TimeProvider.System, Stores);

    private protected KeyStores Stores => ModuleStores.For(() => MayAsk, _work, InvokeCommand);

    /// <summary>Somebody is there who can be asked, and the caller has not forbidden it.</summary>
    private protected virtual bool MayAsk => Asker.WhyNot() is null;

    private protected Asker Asker => _asker ??= new Asker(Host, () => Stopping);

    /// <summary>More than one object may come: a failure of one must not keep the others from being served.</summary>
    private protected virtual bool IsOneOfSeveral => MyInvocation.ExpectingInput;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guarded(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guarded(Finish);

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing) => _stop.Dispose();

    /// <summary>Serves one input.</summary>
    private protected abstract void Process();

    /// <summary>Runs after the last input.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>The profile to work on when none is named: what the AWS CLI would take, then the one in use, then <c>default</c>.</summary>
    private protected string ProfileOrDefault(string? profile) =>
        ProfileName.Require(profile ?? Sessions.DefaultProfile(SessionEnvironment.Own));

    /// <summary>
    /// Asks AWS for the MFA device of a profile, the person for one of several when none of them is stored already, and stores it.
    /// </summary>
    /// <exception cref="MfaException">SerialNumberMissing, SerialNumberAmbiguous, or what AWS answers.</exception>
    private protected MfaDevice FindDevice(string profile, string? region, bool mayAsk)
    {
        var devices = Wait(token => Devices.FindUsableAsync(profile, region, token), $"Asking AWS for the MFA devices of '{profile}'");
        var device = devices.FirstOrDefault(choice => choice.IsStored) ?? Choose(profile, devices, mayAsk);
        WaitForFiles(token => Devices.Remember(device, token));
        return device;
    }

    /// <summary>
    /// Waits for a task on the pipeline thread. It is waited for even when it is cancelled, so that nothing goes on behind the prompt.
    /// </summary>
    private protected T Wait<T>(Func<CancellationToken, Task<T>> start, string activity)
    {
        // The task begins with waits for locks, which would block this thread.
        var task = Task.Run(() => start(StopToken), CancellationToken.None);
        try
        {
            using var progress = new WaitProgress(this, activity, ProgressAfterMilliseconds);
            while (Task.WaitAny([task], millisecondsTimeout: 50) < 0)
            {
                _work.RunPending();
                progress.Tick();
            }
        }
        finally
        {
            // Showing progress fails with $ProgressPreference = 'Stop'.
            if (!task.IsCompleted)
            {
                _stop.Cancel();
                Task.WaitAny([task], CancellationToken.None);
            }
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Waits for the turn at the environment, which another runspace's script block may have.</summary>
    private protected void Await(EnvironmentTurn turn)
    {
        if (!turn.Granted.IsCompleted)
        {
            WriteVerbose("A script block in another runspace of this process runs with another session; this one waits for its end.");
            Await(token => turn.Granted.WaitAsync(token), "Waiting for another session's script block");
        }
    }

    /// <summary>The same for a task that gives nothing.</summary>
    private protected void Await(Func<CancellationToken, Task> start, string activity) => Wait(
        async token =>
        {
            await start(token).ConfigureAwait(false);
            return true;
        },
        activity);

    /// <summary>Waits for a change of the AWS files, whose lock another process may hold.</summary>
    private protected T WaitForFiles<T>(Func<CancellationToken, T> change) =>
        Wait(token => Task.FromResult(change(token)), "Waiting for the AWS files");

    /// <inheritdoc cref="WaitForFiles{T}"/>
    private protected void WaitForFiles(Action<CancellationToken> change) => WaitForFiles(token =>
    {
        change(token);
        return true;
    });

    /// <summary>What is used and why, each sentence a message of the verbose stream.</summary>
    private protected void WriteVerbose(IEnumerable<string> details)
    {
        foreach (string detail in details)
        {
            WriteVerbose(detail);
        }
    }

    /// <summary>A warning that is given once in this process: these commands run in every prompt and profile script.</summary>
    private protected void WarnOnce(string warning)
    {
        if (OnceGiven.TryAdd(warning))
        {
            WriteWarning(warning);
        }
    }

    /// <summary>Findings, each given as a warning once in this process.</summary>
    private protected void WarnOnce(IReadOnlyList<MfaProfileFinding> findings)
    {
        foreach (var finding in findings)
        {
            WarnOnce(finding.ToString());
        }
    }

    private protected void Report(MfaException exception)
    {
        var record = ErrorRecords.From(exception);
        if (IsOneOfSeveral)
        {
            WriteError(record);
        }
        else
        {
            ThrowTerminatingError(record);
        }
    }

    private MfaDevice Choose(string profile, IReadOnlyList<MfaDevice> devices, bool mayAsk) =>
        devices.Count > 1 && mayAsk && Asker.WhyNot() is null
        ? devices[Asker.Choose(
            profile, "The MFA device", $"Which MFA device should profile '{profile}' use?", devices.Select(
                choice => (choice.Name, choice.SerialNumber)))]
        : DeviceFinder.RequireOne(devices);

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (MfaException e)
        {
            Report(e);
        }
        catch (OperationCanceledException)
        {
            // Only Ctrl+C cancels, and PowerShell ends a stopped pipeline without a word.
            throw new PipelineStoppedException();
        }
    }

    // The process's own current folder is another one than the shell's.
    private string CurrentFolder() => SessionState.Path.CurrentFileSystemLocation.ProviderPath;
}
