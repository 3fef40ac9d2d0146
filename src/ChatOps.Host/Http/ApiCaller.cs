using ChatOps.Identity;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Http;

/// <summary>Who calls the HTTP API: looked up at this very request.</summary>
/// <param name="Principal">As whom.</param>
/// <param name="Actor">Through which identity: <c>cli</c> with the owner's key, <c>api</c> with a token.</param>
/// <param name="OnBehalfBy">Who really calls, when the owner acts as somebody else.</param>
internal sealed record ApiCaller(Principal Principal, Actor Actor, string? OnBehalfBy)
{
    /// <summary>What the gate calls this way in.</summary>
    public string Source => Actor.Channel;

    /// <summary>
    /// Why this caller may not use tools of a group; null when the gate decides. Two people decide or nobody does: an owner who acts as somebody
    /// else must not be that second person.
    /// </summary>
    public string? WhyNot(string group) => OnBehalfBy is not null && group == "approvals"
        ? $"{OnBehalfBy} acts as {Principal.Id} here, and nobody decides approvals as somebody else. Decide as yourself."
        : null;

    /// <summary>The caller of an authenticated request.</summary>
    public static ApiCaller Of(HttpContext context) =>
        context.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("The endpoint was reached without authentication.");

    /// <summary>The caller as the Model Context Protocol's endpoint wants it. Acting as somebody else is for the owner's own command line: behind an MCP client there is a model.</summary>
    public static (Actor Actor, string Principal, string? Refusal) ForMcp(HttpContext context)
    {
        var caller = Of(context);
        return (caller.Actor, caller.Principal.Id, caller.OnBehalfBy is null ? null : "An MCP client acts as the person whose token it has, and as nobody else.");
    }
}
