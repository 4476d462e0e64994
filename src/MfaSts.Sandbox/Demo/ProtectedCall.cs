using System.Xml.Linq;
using MfaSts.Sandbox.Signing;

namespace MfaSts.Sandbox.Demo;

/// <summary>iam:ListUsers, which the sandbox's policy allows only with MFA, as an AWS tool would send it.</summary>
internal sealed class ProtectedCall(Uri endpoint)
{
    private static readonly HttpClient Http = new();

    public async Task<ProtectedAnswer> SendAsync(
        string accessKeyId, string secretAccessKey, string? sessionToken, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string> { ["Action"] = "ListUsers", ["Version"] = "2010-05-08" };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(form) };
        await new SigV4Signer(accessKeyId, secretAccessKey, sessionToken, service: "iam").SignAsync(request, cancellationToken);
        using var response = await Http.SendAsync(request, cancellationToken);
        var answer = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        string wanted = response.IsSuccessStatusCode ? "Arn" : "Message";
        return new ProtectedAnswer(
            response.IsSuccessStatusCode, answer.Descendants().First(element => element.Name.LocalName == wanted).Value);
    }
}
