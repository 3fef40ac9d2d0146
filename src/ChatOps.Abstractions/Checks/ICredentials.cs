namespace ChatOps.Checks;

/// <summary>The tokens and keys that are configured, asked after at their own services. Nothing of them is told but whether they are taken and when they end.</summary>
public interface ICredentials
{
    /// <summary>Looks at those with these names; at all that are configured when none is given.</summary>
    /// <returns>One or more for each name; what is not configured is told as such.</returns>
    Task<IReadOnlyList<CredentialLook>> LookAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);
}
