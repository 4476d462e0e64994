using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MfaSts.Errors;

namespace MfaSts.Aws.Tests;

public sealed class StsGatewayTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CaBundleHoldsTheAuthority_AnswerIsTaken()
    {
        using var authority = TestCertificates.Authority();
        using var other = TestCertificates.Authority("Two");
        using var certificate = TestCertificates.SignedBy(authority, "127.0.0.1");
        await using var endpoint = new ScriptedEndpoint(c => c.AnswerAsync("200 OK", Answers.Session()), certificate);
        string bundle = _folder.Write("ca.pem", $"# ours\n{other.ExportCertificatePem()}\n\n{authority.ExportCertificatePem()}\n");

        var answer = await Calls.GetSessionTokenAsync(Calls.To(endpoint.Url, caBundle: bundle));

        Assert.Equal(Answers.AccessKeyId, answer.Value.AccessKeyId);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task CaBundleHoldsAnotherAuthority_IsRefusedUnsent()
    {
        using var other = TestCertificates.Authority();
        await AssertRefusedAsync(
            TestCertificates.SelfSigned(), _folder.Write("ca.pem", other.ExportCertificatePem()), "not signed by an authority");
    }

    [Fact]
    public Task CertificateOfNobody_IsRefusedUnsent() =>
        AssertRefusedAsync(TestCertificates.SelfSigned(), null, "not signed by an authority");

    [Fact]
    public async Task CertificateHasExpired_IsRefusedUnsentAndSaysSo()
    {
        var certificate = TestCertificates.SelfSigned(firstDay: -3, lastDay: -1);
        await AssertRefusedAsync(
            certificate, _folder.Write("ca.pem", certificate.ExportCertificatePem()), "has expired or is not yet valid");
    }

    [Fact]
    public async Task CertificateIsForAnotherName_IsRefusedUnsentAndSaysSo()
    {
        var certificate = TestCertificates.SelfSigned("other.example");
        await AssertRefusedAsync(certificate, _folder.Write("ca.pem", certificate.ExportCertificatePem()), "is for another name");
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "holds no PEM certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "")]
    public async Task CaBundleIsUnusable_IsNamedAndNothingIsConnected(string? content, string told)
    {
        string path = content is null ? Path.Combine(_folder.Path, "absent.pem") : _folder.Write("ca.pem", content);
        using var certificate = TestCertificates.SelfSigned();
        await using var endpoint = new ScriptedEndpoint(c => c.AnswerAsync("200 OK", Answers.Session()), certificate);

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url, caBundle: path));

        Assert.Equal(MfaErrorId.StsUnreachable, failure.Error.Id);
        Assert.Contains($"'{path}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingWasSent);
        Assert.Equal(0, endpoint.Connections);
    }

    [Fact]
    public async Task CaBundleIsAFolder_IsNamed()
    {
        var failure = await Calls.FailAsync(Calls.To(new Uri("https://127.0.0.1:9"), caBundle: _folder.Path));

        Assert.Contains($"'{_folder.Path}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerSpeaksNoTls_IsUnreachableUnsent()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var server = AnswerInClearAsync(listener, TestContext.Current.CancellationToken);

        var failure = await Calls.FailAsync(Calls.To(new Uri($"https://127.0.0.1:{port}")));
        await server;

        Assert.Equal(MfaErrorId.StsUnreachable, failure.Error.Id);
        Assert.Contains("TLS", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingWasSent);
    }

    private static async Task AnswerInClearAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        using var client = await listener.AcceptTcpClientAsync(cancellationToken);
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), cancellationToken);
    }

    private static async Task AssertRefusedAsync(X509Certificate2 certificate, string? bundle, string told)
    {
        using var owned = certificate;
        await using var endpoint = new ScriptedEndpoint(c => c.AnswerAsync("200 OK", Answers.Session()), certificate);

        var failure = await Calls.FailAsync(Calls.To(endpoint.Url, caBundle: bundle));

        Assert.True(failure.Error.Id == MfaErrorId.StsUnreachable, failure.ToString());
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingWasSent);
        Assert.Empty(endpoint.Requests);
    }
}
