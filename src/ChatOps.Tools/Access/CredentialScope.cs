using ChatOps.Identity;

namespace ChatOps.Tools.Access;

/// <summary>A new credential never exceeds its maker: for oneself always, for others only by an admin.</summary>
internal sealed class CredentialScope(IPrincipals principals)
{
    /// <summary>For whom a credential would be, or why not.</summary>
    public (string? Person, ToolResult? Refusal) For(ToolCall call)
    {
        var person = call.Arguments.Text("person") ?? call.Principal.Id;
        if (call.Conversation is not null)
            return (null, ToolAnswer.Refused(FailureCode.NotAllowed, "A secret does not belong in a conversation. Ask for it on the command line: chatops access …"));
        if (person != call.Principal.Id && !IsAdmin(call))
            return (null, ToolAnswer.Refused(FailureCode.NotAllowed, "Only an admin makes credentials for somebody else."));
        return principals.Find(person) is null
            ? (null, ToolAnswer.Failed(FailureCode.NotFound, $"There is no person '{person}'. 'access people' lists them."))
            : (person, null);
    }

    public bool IsAdmin(ToolCall call) => call.Principal.Roles.Contains(AccessRoles.Admin);
}
