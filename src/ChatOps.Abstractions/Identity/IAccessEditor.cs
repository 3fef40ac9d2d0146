namespace ChatOps.Identity;

/// <summary>
/// Changes who has which role. Writes only the gateway's own file (access.yaml in the data directory), never the operator's in the workspace.
/// Atomic: temp file, fsync, rename; the new version is validated before it replaces the old one.
/// </summary>
public interface IAccessEditor
{
    /// <summary>Gives a person a role; creates the person when unknown.</summary>
    /// <returns><see langword="null"/> when done, else why not, for people.</returns>
    Task<string?> GrantAsync(string person, string role, CancellationToken cancellationToken);

    /// <summary>Takes a role from a person. The last admin cannot be taken away. A role written in the workspace file is named with its line.</summary>
    /// <returns><see langword="null"/> when done, else why not, for people.</returns>
    Task<string?> RevokeAsync(string person, string role, CancellationToken cancellationToken);

    /// <summary>Links an actor to a person, creating the person when unknown.</summary>
    /// <returns><see langword="null"/> when done, else why not, for people.</returns>
    Task<string?> LinkAsync(string person, Actor actor, CancellationToken cancellationToken);
}
