using ChatOps.Identity;

namespace ChatOps.Tests.Checks;

/// <summary>Whose the console's conversations are.</summary>
internal sealed class SomeOwner : IOwner
{
    public string PrincipalId => "owner";
}
