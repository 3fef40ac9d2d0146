namespace ChatOps.Testing.Speech;

/// <summary>A request that a real service would refuse.</summary>
public sealed class RefusedRequestException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}
