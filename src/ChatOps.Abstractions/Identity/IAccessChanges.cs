namespace ChatOps.Identity;

/// <summary>Says when people, roles or identities changed, so that what was opened for somebody can be looked at again (sessions, streams).</summary>
public interface IAccessChanges
{
    /// <summary>
    /// Cancelled at the next change. Take it first, read <see cref="IPrincipals"/> then, and after it fired do both again: no change is missed.
    /// </summary>
    CancellationToken NextChange { get; }
}
