namespace ChatOps.Identity;

/// <summary>Who owns this gateway: whom the first sign-in link and the local command line speak for.</summary>
public interface IOwner
{
    /// <summary>The first person with the role admin; the gateway's own file comes before the operator's. There always is one after the start.</summary>
    string PrincipalId { get; }
}
