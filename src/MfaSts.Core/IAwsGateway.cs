using MfaSts.Iam;
using MfaSts.SignIn;
using MfaSts.Sts;

namespace MfaSts;

/// <summary>The one seam to AWS: all that MfaSts asks of it.</summary>
public interface IAwsGateway : ISts, IIam, ISignIn
{
}
