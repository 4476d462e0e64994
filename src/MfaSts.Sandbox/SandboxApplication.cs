using MfaSts.Sandbox.Federation;
using MfaSts.Sandbox.Query;
using MfaSts.Sandbox.Signing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MfaSts.Sandbox;

/// <summary>What the web server runs for each request.</summary>
internal sealed class SandboxApplication : IHttpApplication<HttpContext>
{
    private readonly TimeProvider _clock;
    private readonly SigV4Verifier _verifier;
    private readonly StsService _sts;
    private readonly IamService _iam;
    private readonly FederationService _federation;

    internal SandboxApplication(AccountSet accounts, SandboxOptions options, TimeProvider clock)
    {
        _clock = clock;
        _verifier = new SigV4Verifier(accounts);
        _sts = new StsService(accounts, options.DisabledRegions);
        _iam = new IamService(options);
        _federation = new FederationService(accounts);
    }

    internal Func<HttpContext, Task<bool>>? Interceptor { get; set; }

    internal RequestLog Log { get; } = new();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var request = await IncomingRequest.ReadAsync(context);
        string? authorization = request.Header("Authorization");
        int line = Log.Begin(
            request.Action, AuthorizationHeader.AccessKeyIdOf(authorization), request.Parameter("RoleArn"), _clock.GetUtcNow());
        // Set before the interceptor, which may change it: the web server's own Date follows the system's clock.
        context.Response.Headers.Date = AwsTime.Http(_clock.GetUtcNow());
        if (Interceptor is { } interceptor)
        {
            Log.Complete(line, SandboxRequest.Intercepted);
            if (await interceptor(context))
            {
                return;
            }
        }

        // The interceptor may have taken long.
        var now = _clock.GetUtcNow();
        context.Response.Headers.Date = AwsTime.Http(now);
        if (request.Path == FederationService.Path)
        {
            var page = _federation.Serve(request, now);
            Log.Complete(line, page.Outcome);
            await page.WriteAsync(context.Response, context.RequestAborted);
            return;
        }

        var answer = Answer(request, authorization, now);
        // Noted before it is sent, so that whoever has the answer finds it in the log.
        Log.Complete(line, answer.Outcome);
        await answer.WriteAsync(context.Response, context.RequestAborted);
    }

    private QueryAnswer Answer(IncomingRequest request, string? header, DateTimeOffset now)
    {
        QueryService service = _sts;
        try
        {
            var authorization = AuthorizationHeader.Parse(header);
            service = ServiceOf(authorization.Scope);
            var principal = _verifier.Verify(request, authorization, now);
            object[] result = service.Invoke(request.Action, new QueryCall(principal, authorization.Scope.Region, request, now));
            return QueryAnswer.Result(service.Xmlns, request.Action, result);
        }
        catch (Refusal refusal)
        {
            return QueryAnswer.Error(service.Xmlns, refusal);
        }
    }

    // Both services share one address, so the scope of the signature tells which is meant.
    private QueryService ServiceOf(CredentialScope scope) => scope.Service switch
    {
        "sts" => _sts,
        "iam" => _iam,
        _ => throw Refusals.ServiceUnknown(),
    };
}
