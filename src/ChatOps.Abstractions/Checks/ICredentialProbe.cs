namespace ChatOps.Checks;

/// <summary>A part that has a key of its own, and can ask its service whether it is still taken.</summary>
public interface ICredentialProbe
{
    /// <summary>Whose key it is, such as <c>speech</c>.</summary>
    string CredentialName { get; }

    /// <summary>Whether there is a key to ask after.</summary>
    bool HasCredential { get; }

    /// <summary>Asks the service. Nothing of the key is told.</summary>
    Task<CredentialLook> LookAsync(CancellationToken cancellationToken);
}
