namespace MfaSts.PowerShell.Loading;

/// <summary>The module's gateway to AWS, loaded on the first call that needs it and then shared by all runspaces.</summary>
internal static class Gateway
{
    private static readonly Lazy<IAwsGateway> Loaded =
        new(() => AwsLoadContext.LoadGateway(Path.Combine(ModuleFolder.Path, "private"), PrecompiledImage.TryLoad));

    public static IAwsGateway Get() => Loaded.Value;
}
