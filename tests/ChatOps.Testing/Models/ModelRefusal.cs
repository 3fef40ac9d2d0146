namespace ChatOps.Testing.Models;

/// <summary>A request that a real service would refuse, or should.</summary>
internal sealed class ModelRefusal(int status, string code, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The service's code.</summary>
    public string Code { get; } = code;
}
