using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>
/// The native program where there is next to nothing: reading takes libc and libm; renewal libssl, libcrypto, a file of certificate
/// authorities (for https) and /dev/urandom besides, and an mfa_process takes /bin/sh, which is not here: the code is given.
/// </summary>
public sealed class BareMachineTests : IAsyncLifetime
{
    private const string Build = """
        set -e
        root=$1 program=$2; shift 2
        mkdir -p "$root/etc/ssl/certs" "$root/dev" "$root/tmp"
        cp "$program" "$root/mfasts"
        for library in "$@"; do
            path=$(ldconfig -p | awk -v name="$library" '$1 == name && /x86-64|AArch64/ { print $NF; exit }')
            mkdir -p "$root$(dirname "$path")"
            cp -L "$path" "$root$path"
        done
        loader=$(readelf -l "$program" | sed -n 's/.*interpreter: \(.*\)\]/\1/p')
        mkdir -p "$root$(dirname "$loader")"
        cp -L "$loader" "$root$loader"
        """;

    private TestAccount _account = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Mfasts.Native is null, "MFASTS_NATIVE does not name a native program");
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "chroot needs Linux and root");
        _account = await TestAccount.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_account is not null)
        {
            await _account.DisposeAsync();
        }
    }

    [Fact]
    public async Task Session_is_read_with_libc_and_libm_alone()
    {
        await BuildAsync("libc.so.6", "libm.so.6");
        var session = await _account.StoreSessionAsync(TimeSpan.FromHours(1));

        var ended = await RunAsync("credential-process", "prod");

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Error));
        Assert.Contains(session.AccessKeyId, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_is_renewed_with_openssl_and_a_source_of_randomness()
    {
        await BuildAsync("libc.so.6", "libm.so.6", "libssl.so.3", "libcrypto.so.3");
        await Mfasts.RunProgramAsync(_account.Home, "mknod", "-m", "666", _account.Home.At("dev", "urandom"), "c", "1", "9");

        var ended = await RunAsync("login", "prod", "--token-code", _account.Code);

        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Contains(_account.Server.Account.Sessions.Single().AccessKeyId, _account.Home.Credentials, StringComparison.Ordinal);
    }

    private async Task BuildAsync(params string[] libraries)
    {
        var ended =
            await Mfasts.RunProgramAsync(_account.Home, ["sh", "-c", Build, "sh", _account.Home.Root, Mfasts.Native!, .. libraries]);
        Assert.True(ended.ExitCode == 0, ended.Error);
    }

    private Task<Ended> RunAsync(params string[] args) => Mfasts.RunProgramAsync(
        _account.Home,
        ["env", "-i", "HOME=/", $"AWS_ENDPOINT_URL={_account.Home.Variables["AWS_ENDPOINT_URL"]}", "/usr/sbin/chroot", _account.Home.Root,
            "/mfasts", .. args]);
}
