namespace ChatOps.Secrets;

/// <summary>Resolves configuration values that name a secret instead of holding it: <c>${env:NAME}</c>, <c>${file:PATH}</c>.</summary>
public interface ISecretReferences
{
    /// <summary>Resolves a value. One that is no reference is returned as it is.</summary>
    /// <param name="value">The configured value; the whole of it is the reference.</param>
    SecretResolution Resolve(string value);
}
