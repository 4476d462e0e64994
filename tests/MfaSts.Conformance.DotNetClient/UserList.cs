using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace MfaSts.Conformance.DotNetClient;

/// <summary>iam:ListUsers, signed by the SDK's own signer: the SDK's package for IAM is large, and nothing else of it is needed.</summary>
internal sealed class UserList(AmazonSecurityTokenServiceConfig settings, AWSCredentials credentials)
{
    private const string Body = "Action=ListUsers&Version=2010-05-08";
    private const string ContentType = "application/x-www-form-urlencoded";

    public async Task<string[]> ReadAsync()
    {
        var endpoint = new Uri(Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")!);
        using var request =
            new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        foreach ((string name, string value) in await SignAsync(endpoint))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var http = new HttpClient();
        using var response = await http.SendAsync(request);
        string answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? [.. XDocument.Parse(answer).Descendants().Where(element => element.Name.LocalName == "UserName").Select(
                element => element.Value)]
            : throw new InvalidOperationException(answer);
    }

    private async Task<Dictionary<string, string>> SignAsync(Uri endpoint)
    {
        var request = new DefaultRequest(new GetCallerIdentityRequest(), "iam")
        {
            HttpMethod = "POST",
            Endpoint = endpoint,
            Content = Encoding.UTF8.GetBytes(Body),
            ResourcePath = "/",
            OverrideSigningServiceName = "iam",
            AuthenticationRegion = "us-east-1",
        };
        request.Headers["Content-Type"] = ContentType;
        if ((await credentials.GetCredentialsAsync()).Token is { Length: > 0 } token)
        {
            request.Headers["X-Amz-Security-Token"] = token;
        }

        await new AWS4Signer().SignAsync(request, settings, null, credentials);
        return request.Headers
            .Where(header => header.Key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) || header.Key == "Authorization")
            .ToDictionary(header => header.Key, header => header.Value);
    }
}
